# Reference predictions with standard errors: lme4, nlme and metafor for the values, Henderson's mixed model equations, inverted
# densely at lme4's estimates, for the standard errors. usage: Rscript predictions.R DATA-FOLDER > predictions.txt
suppressMessages({library(lme4); library(nlme); library(metafor)})
data <- commandArgs(TRUE)[1]
read <- function(name, factors) {
  d <- read.csv(file.path(data, paste0(name, ".csv")))
  for (f in factors) d[[f]] <- factor(d[[f]])
  d
}
num <- function(x) ifelse(is.na(x), "NA", formatC(x, digits = 17, width = 1, format = "g"))
out <- function(level, new, value, se) {
  for (i in seq_len(nrow(new))) {
    cells <- sapply(new[i, , drop = FALSE], as.character)
    cat(paste("row", level, paste(cells, collapse = ","), num(value[i]), num(se[i]), sep = " | "), "\n", sep = "")
  }
}
head <- function(id, table, columns) cat(paste("fit", id, table, paste(columns, collapse = ","), sep = " | "), "\n", sep = "")
# covariance of (beta^ - beta, b^ - b)
mme <- function(m) {
  X <- getME(m, "X"); Z <- as.matrix(getME(m, "Z")); s2 <- sigma(m)^2
  G <- s2 * as.matrix(tcrossprod(getME(m, "Lambda")))
  solve(rbind(cbind(crossprod(X), crossprod(X, Z)), cbind(crossprod(Z, X), crossprod(Z) + s2 * solve(G)))) * s2
}
# standard errors: x rows of X; parts: for each grouping factor used list(name, z, unit = its level or NA, D)
errors <- function(m, x, parts) {
  C <- mme(m); p <- ncol(x); q <- ncol(getME(m, "Z"))
  flist <- getME(m, "flist"); cnms <- getME(m, "cnms"); Gp <- getME(m, "Gp")
  sapply(seq_len(nrow(x)), function(i) {
    v <- c(x[i, ], rep(0, q)); extra <- 0
    for (part in parts) {
      k <- match(part$name, names(cnms)); z <- part$z[i, ]
      u <- match(as.character(part$unit[i]), levels(flist[[part$name]]))
      if (is.na(u)) extra <- extra + drop(t(z) %*% as.matrix(VarCorr(m)[[part$name]]) %*% z)
      else v[p + Gp[k] + (u - 1) * length(z) + seq_along(z)] <- z
    }
    sqrt(drop(t(v) %*% C %*% v) + extra)
  })
}
ctl <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-11, maxfun = 1e6), calc.derivs = FALSE)
cat(sprintf("# lme4 %s, nlme %s and metafor %s in R %s, by predictions.R in this folder. row: which random effects, cells of the\n# new row, prediction, standard error; NA where the peer has none.\n",
  packageVersion("lme4"), packageVersion("nlme"), packageVersion("metafor"), getRversion()))

d <- read("sleepstudy", "Subject")
m <- lmer(Reaction ~ Days + (1 + Days | Subject), d, control = ctl)
new <- data.frame(Subject = rep(c("308", "335", "400"), each = 3), Days = rep(c(-1, 4.5, 12), 3))
X <- cbind(1, new$Days)
head("sleep", "sleepstudy", names(new))
out("ALL", new, predict(m, new, allow.new.levels = TRUE), errors(m, X, list(list(name = "Subject", z = X, unit = new$Subject))))
out("NONE", new, predict(m, new, re.form = NA), errors(m, X, list()))

d <- read("pastes", c("batch", "cask")); d$sample <- factor(paste(d$batch, d$cask, sep = "/"))
m <- lmer(strength ~ 1 + (1 | batch) + (1 | sample), d, control = ctl)
l <- lme(strength ~ 1, random = ~ 1 | batch/cask, d, control = lmeControl(tolerance = 1e-12, msTol = 1e-14, msMaxIter = 500, maxIter = 500))
new <- data.frame(batch = c("A", "A", "D", "J", "J", "Z"), cask = c("a", "c", "b", "c", "d", "a"))
X <- matrix(1, nrow(new), 1); s <- paste(new$batch, new$cask, sep = "/")
b <- list(name = "batch", z = X, unit = new$batch); c3 <- list(name = "sample", z = X, unit = s)
lp <- predict(l, new, level = 0:2)
out2 <- function(level, value, peer, se) {
  stopifnot(all(abs(value - peer) < 2e-5 * sd(d$strength), na.rm = TRUE)); out(level, new, value, se)
}
head("pastes", "pastes", names(new))
new$sample <- s
all <- predict(m, new, allow.new.levels = TRUE); up <- predict(m, new, re.form = ~ (1 | batch), allow.new.levels = TRUE)
none <- predict(m, new, re.form = NA)
new$sample <- NULL
out2("ALL", all, lp$predict.cask, errors(m, X, list(b, c3)))
out2("batch", up, lp$predict.batch, errors(m, X, list(b)))
out2("NONE", none, lp$predict.fixed, errors(m, X, list()))

d <- read("penicillin", c("plate", "sample"))
m <- lmer(diameter ~ 1 + (1 | plate) + (1 | sample), d, control = ctl)
new <- data.frame(plate = c("a", "f", "x", "a", "new", "new"), sample = c("A", "C", "F", "Z", "B", "Z"))
X <- matrix(1, nrow(new), 1)
p <- list(name = "plate", z = X, unit = new$plate); s <- list(name = "sample", z = X, unit = new$sample)
head("penicillin", "penicillin", names(new))
out("ALL", new, predict(m, new, allow.new.levels = TRUE), errors(m, X, list(p, s)))
out("plate", new, predict(m, new, re.form = ~ (1 | plate), allow.new.levels = TRUE), errors(m, X, list(p)))
out("sample", new, predict(m, new, re.form = ~ (1 | sample), allow.new.levels = TRUE), errors(m, X, list(s)))

d <- read("orthodont", c("Subject", "Sex")); d$Sex <- relevel(d$Sex, "Female")
l <- lme(distance ~ age * Sex, random = ~ age | Subject, weights = varIdent(form = ~ 1 | Sex), data = d,
  control = lmeControl(tolerance = 1e-12, msTol = 1e-14, msMaxIter = 1000, maxIter = 1000, opt = "optim", reltol = 1e-15))
new <- data.frame(Subject = c("M01", "M16", "F01", "F11"), age = c(7, 11, 12.5, 16), Sex = c("Male", "Male", "Female", "Female"))
lp <- predict(l, new, level = 0:1)
X <- model.matrix(~ age * Sex, transform(new, Sex = factor(Sex, levels = c("Female", "Male"))))
head("orthodont by sex", "orthodont", names(new))
out("ALL", new, lp$predict.Subject, rep(NA, nrow(new)))
out("NONE", new, lp$predict.fixed, sqrt(diag(X %*% vcov(l) %*% t(X))))

d <- read("bcg_effects", character())
m <- rma(yi, sei = sei, mods = ~ ablat, data = d, method = "REML", control = list(threshold = 1e-12, maxiter = 1000))
new <- data.frame(ablat = c(10, 33.5, 55))
pr <- predict(m, newmods = new$ablat)
head("bcg", "bcg_effects", names(new))
out("NONE", new, pr$pred, pr$se)
cat(paste("bounds", paste(num(c(pr$ci.lb, pr$ci.ub, pr$pi.lb, pr$pi.ub)), collapse = " "), sep = " | "), "\n", sep = "")
bl <- blup(m)
cat(paste("posterior", paste(num(bl$pred), collapse = " "), sep = " | "), "\n", sep = "")
