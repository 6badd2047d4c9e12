# Reference values for marginal means: Rscript emmeans.R FOLDER-OF-DATA > emmeans.csv
suppressMessages({library(lme4); library(lmerTest); library(pbkrtest); library(emmeans); library(mvtnorm)})
emm_options(lmerTest.limit = 1e5, pbkrtest.limit = 1e5, opt.digits = FALSE, cov.keep = character(0))
data <- commandArgs(TRUE)[1]
read <- function(name) read.csv(file.path(data, paste0(name, ".csv")), na.strings = c("", "NA"))
control <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhobeg = 0.1, rhoend = 1e-10, maxfun = 1e5),
    calc.derivs = FALSE)
fit <- function(formula, data) eval(bquote(lmerTest::lmer(.(formula), .(substitute(data)), control = control)))
num <- function(x) ifelse(is.na(x), "", formatC(x, digits = 17, width = 1))
cat("# R ", as.character(getRversion()), ", lme4 ", as.character(packageVersion("lme4")), ", lmerTest ",
    as.character(packageVersion("lmerTest")), ", pbkrtest ", as.character(packageVersion("pbkrtest")), ", emmeans ",
    as.character(packageVersion("emmeans")), ", mvtnorm ", as.character(packageVersion("mvtnorm")),
    ", by tests/reference/emmeans.R\n", sep = "")
cat("query,label,by,estimate,error,df,t,p,lower,upper,adjusted\n")

emit <- function(query, grid, adjust = NULL, null = 0, side = 0, level = 0.95, adjusted = NULL, bounds = "none") {
    s <- as.data.frame(summary(grid, infer = c(TRUE, TRUE), adjust = "none", null = null, side = side, level = level))
    by <- grid@misc$by.vars
    est <- attr(summary(grid), "estName")
    label <- apply(s[setdiff(names(grid@grid), c(by, ".wgt.", ".offset."))], 1, function(r) paste(r, collapse = ":"))
    if (is.null(adjusted)) adjusted <- if (is.null(adjust)) rep(NA, nrow(s)) else
        as.data.frame(suppressMessages(summary(grid, infer = c(FALSE, TRUE), adjust = adjust, null = null, side = side)))$p.value
    b <- as.data.frame(suppressMessages(summary(grid, infer = c(TRUE, FALSE), adjust = bounds, side = side, level = level)))
    lower <- b[[grep("lower|asymp.LCL", names(b))]]; upper <- b[[grep("upper|asymp.UCL", names(b))]]
    t <- s[[grep("ratio", names(s))]]
    where <- if (is.null(by)) "" else apply(s[by], 1, function(r) paste(r, collapse = ":"))
    cat(paste(query, gsub(",", ";", label), where, num(s[[est]]), num(s$SE), num(s$df), num(t), num(s$p.value), num(lower),
        num(upper), num(adjusted), sep = ","), sep = "\n")
    invisible(s)
}
# P(max |T| >= |t|), T multivariate t with any degrees of freedom: Miwa's algorithm within a one-dimensional integral
mvt <- function(grid) {
    s <- as.data.frame(summary(grid, infer = c(FALSE, TRUE), adjust = "none"))
    by <- grid@misc$by.vars
    group <- if (is.null(by)) rep("", nrow(s)) else s[[by]]
    v <- cov2cor(vcov(grid)); t <- s[[grep("ratio", names(s))]]
    sapply(seq_len(nrow(s)), function(i) {
        rows <- which(group == group[i]); r <- v[rows, rows, drop = FALSE]; k <- length(rows)
        if (k == 1) return(s$p.value[i])
        inside <- function(c) pmvnorm(rep(-c, k), rep(c, k), corr = r, algorithm = Miwa(steps = 512))[1]
        df <- s$df[i]
        if (is.infinite(df)) return(1 - inside(abs(t[i])))
        h <- 0.02 ; sd <- 1 / sqrt(2 * df)
        u <- seq(-9, 9, by = 0.25) * sd # log of s, by the trapezoidal rule
        w <- exp(df * u - df * expm1(2 * u) / 2); w <- w / sum(w)
        keep <- w > 1e-13
        1 - sum(w[keep] * sapply(exp(u[keep]) * abs(t[i]), inside))
    })
}
joint <- function(query, model, by = NULL, ...) {
    j <- joint_tests(model, by = by, ...)
    b <- fixef(model)
    for (term in names(attr(j, "est.fcns"))) {
        ls <- attr(j, "est.fcns")[[term]]
        if (!is.list(ls)) ls <- list(ls)
        for (i in seq_along(ls)) {
            l <- ls[[i]]
            s <- contestMD(model, l[, names(b), drop = FALSE])
            where <- if (is.null(by)) "" else names(ls)[i]
            cat(paste(query, term, where, num(s$`F value`), "", num(s$DenDF), num(s$NumDF), num(s$`Pr(>F)`), "", "", "", sep = ","),
                sep = "\n")
        }
    }
}

hetar1 <- read("hetar1"); hetar1$visit <- factor(hetar1$visit); hetar1$arm <- factor(hetar1$arm)
hetar1 <- hetar1[!is.na(hetar1$y), ]
a <- fit(y ~ arm * visit + baseline + (1 | subject), hetar1)
for (df in c("satterthwaite", "kenward-roger", "asymptotic")) {
    g <- function(specs, ...) emmeans(a, specs, lmer.df = df, cov.keep = character(0), ...)
    tag <- substr(df, 1, 1)
    emit(paste0("A arm by visit ", tag), g(~ arm | visit))
    emit(paste0("A pairs by visit ", tag), pairs(g(~ arm | visit)), "none")
    for (adjust in c("tukey", "holm", "sidak", "scheffe", "fdr", "bonferroni"))
        emit(paste0("A pairs ", adjust, " ", tag), pairs(g(~ visit)), adjust)
    for (adjust in c("tukey", "holm", "sidak", "scheffe", "bonferroni")) # it gives Holm the intervals of Bonferroni
        emit(paste0("A intervals ", adjust, " ", tag), pairs(g(~ visit)), adjust, bounds = adjust)
    r <- contrast(g(~ visit | arm), "trt.vs.ctrl", ref = 1)
    emit(paste0("A dunnett ", tag), r, adjusted = mvt(r))
    emit(paste0("A scheffe ", tag), r, "scheffe")
}
g <- function(specs, ...) emmeans(a, specs, lmer.df = "satterthwaite", cov.keep = character(0), ...)
for (w in c("proportional", "outer", "cells")) emit(paste("A weights", w), g(~ arm, weights = w))
emit("A contrasts", contrast(g(~ visit), list(c(0.5, 0.5, 0, 0, -1), c(-2, -1, 0, 1, 2))), "holm")
emit("A baseline", emmeans(a, ~ arm | baseline, at = list(baseline = c(45, 50, 55)), lmer.df = "satterthwaite"))
emit("A greater", pairs(g(~ visit)), "holm", null = -0.5, side = 1)
emit("A less", pairs(g(~ arm | visit), reverse = FALSE), "none", null = 0.25, side = -1, level = 0.9)
emit("A mean null", g(~ arm), null = 8)
joint("A joint", a)
joint("A joint by arm", a, "arm")
joint("A joint by visit", a, "visit")

b <- fit(y ~ arm * visit + arm * baseline + (1 | subject), hetar1)
tr <- emtrends(b, ~ arm, var = "baseline", lmer.df = "satterthwaite")
emit("B slopes", tr); emit("B slope differences", pairs(tr), "none")
joint("B joint", b, cov.reduce = function(x) mean(x) + c(-1, 1)) # its own meanint rounds the mean

orthodont <- read("orthodont"); orthodont$Sex <- factor(orthodont$Sex)
o <- fit(distance ~ Sex * age + Sex:I(age^2) + I(age^2) + (1 | Subject), orthodont)
tr <- emtrends(o, ~ Sex | age, var = "age", at = list(age = c(8, 11, 14)), delta.var = 1e-6,
    lmer.df = "kenward-roger") # it takes one-sided differences, by default wider ones
emit("C slopes", tr); emit("C slope differences", pairs(tr), "none")
emit("C means", emmeans(o, ~ Sex | age, at = list(age = c(8, 11, 14)), lmer.df = "kenward-roger"))

threearms <- read("threearms"); threearms$arm <- factor(threearms$arm, c("act", "hi", "pbo")); threearms$site <- factor(threearms$site)
d <- fit(y ~ arm + site + x + (1 | id), threearms)
h <- function(specs, ...) emmeans(d, specs, lmer.df = "kenward-roger", cov.keep = character(0), ...)
for (w in c("equal", "proportional", "outer", "cells")) {
    emit(paste("D arm", w), h(~ arm, weights = w)); emit(paste("D pairs", w), pairs(h(~ arm, weights = w)), "tukey")
}
e <- suppressMessages(fit(y ~ arm * site + x + (1 | id), threearms))
h <- function(specs, ...) emmeans(e, specs, lmer.df = "satterthwaite", cov.keep = character(0), ...)
for (w in c("equal", "cells")) emit(paste("E arm", w), h(~ arm, weights = w))
emit("E cells", h(~ arm | site)); emit("E pairs", pairs(h(~ arm | site)), "none")
joint("E joint", e, showconf = FALSE)
joint("E joint by site", e, "site", showconf = FALSE)

eg <- read("egsingle"); eg$retained <- factor(eg$retained); eg$black <- factor(eg$black); eg$female <- factor(eg$female)
f <- fit(math ~ year * female + female * retained + retained * black + (1 | childid), eg)
h <- function(specs, ...) emmeans(f, specs, lmer.df = "asymptotic", cov.keep = character(0), ...)
for (w in c("equal", "proportional", "outer", "cells")) emit(paste("F female", w), h(~ female, weights = w))
emit("F cells", h(~ female | black, weights = "cells"))
emit("F slopes", emtrends(f, ~ female, var = "year", lmer.df = "asymptotic"))
