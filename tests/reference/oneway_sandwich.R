# Sandwich standard errors of the mean of a random intercept: Rscript tests/reference/oneway_sandwich.R tests/data > tests/reference/oneway_sandwich.json
# nlme 3.1-162 (clubSandwich knows no weights of lme4's fits), clubSandwich 0.5.8; CR2 also by dense matrices with the symmetric root of V (doc/sandwich.md).
suppressMessages({library(nlme); library(clubSandwich); library(jsonlite)})
root <- function(a, power) { e <- eigen(a, symmetric = TRUE); e$vectors %*% (pmax(e$values, 0)^power * t(e$vectors)) }
whitened <- function(fit, group, y, w) {
  s2 <- getVarCov(fit)[1]; t2 <- fit$sigma^2; r <- y - fixef(fit)
  parts <- lapply(split(seq_along(group), group), function(i) {
    l <- root(diag(t2 / w[i], length(i)) + s2, -0.5)
    list(z = l %*% rep(1, length(i)), e = l %*% r[i])
  })
  phi <- 1 / sum(sapply(parts, function(p) sum(p$z^2)))
  sqrt(phi^2 * sum(sapply(parts, function(p) (t(p$z) %*% root(diag(length(p$z)) - p$z %*% t(p$z) * phi, -0.5) %*% p$e)^2)))
}
control <- lmeControl(msTol = 1e-14, tolerance = 1e-12, msMaxIter = 500)
out <- list()
for (weighted in c(FALSE, TRUE)) for (reml in c(TRUE, FALSE)) {
  d <- read.csv(file.path(commandArgs(TRUE)[1], "pastes_unbalanced.csv"))
  d$w <- if (weighted) 1 + seq_len(nrow(d)) %% 3 else 1
  fit <- if (weighted) lme(strength ~ 1, d, ~ 1 | batch, weights = varFixed(~ I(1 / w)), method = c("ML", "REML")[1 + reml], control = control)
    else lme(strength ~ 1, d, ~ 1 | batch, method = c("ML", "REML")[1 + reml], control = control)
  robust <- sapply(c("CR0", "CR1", "CR2", "CR3"), function(type) {
    t <- coef_test(fit, vcov = type, test = "Satterthwaite"); c(se = t$SE, df = t$df_Satt)
  }, simplify = FALSE)
  out <- c(out, list(list(weights = if (weighted) "w" else "none", method = c("ML", "REML")[1 + reml], mean = unname(fixef(fit)), sd = unname(fit$sigma), robust = lapply(robust, as.list),
    CR2_whitened = whitened(fit, d$batch, d$strength, d$w))))
}
cat(toJSON(out, digits = NA, auto_unbox = TRUE, pretty = TRUE), "\n")
