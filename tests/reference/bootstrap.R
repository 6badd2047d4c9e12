# Reference values for intervals by parametric bootstrap: Rscript bootstrap.R FOLDER-OF-DATA > bootstrap.csv
# By lme4's bootMer, which draws the random effects too; with weights by draws of our own. Mean and standard deviation of
# the estimates, and their percentiles (type 7) with Monte Carlo standard errors, sqrt(p (1 - p) / n) over a kernel estimate
# of the density.
suppressMessages(library(lme4))
folder <- commandArgs(TRUE)[1]
read <- function(name, ...) {
    data <- read.csv(file.path(folder, paste0(name, ".csv")))
    for (factor in c(...)) data[[factor]] <- factor(data[[factor]])
    data
}
control <- lmerControl(check.conv.singular = "ignore", check.conv.grad = "ignore", calc.derivs = FALSE)
parameters <- function(fit) {
    v <- as.data.frame(VarCorr(fit))
    name <- ifelse(is.na(v$var1), "Var(Residual)", ifelse(is.na(v$var2), paste0(v$grp, ": Var(", v$var1, ")"),
        paste0(v$grp, ": Cov(", v$var1, ", ", v$var2, ")")))
    pair <- !is.na(v$var2)
    c(fixef(fit), setNames(v$vcov, name), setNames(v$sdcor[pair], sub("Cov", "Corr", name[pair])))
}
replicates <- 4000
# bootMer draws residuals of the same variance for all rows, whatever their weights
weighted <- function(fit) {
    set.seed(1)
    mean <- predict(fit, re.form = NA)
    root <- t(getME(fit, "Zt")) %*% getME(fit, "Lambda")
    t(replicate(replicates, parameters(refit(fit, mean + sigma(fit) * (as.vector(root %*% rnorm(ncol(root)))
        + rnorm(length(mean)) / sqrt(weights(fit)))))))
}
emit <- function(case, fit, boot = suppressMessages(bootMer(fit, parameters, nsim = replicates, seed = 1))$t) {
    for (k in seq_len(ncol(boot))) {
        t <- boot[is.finite(boot[, k]), k]
        q <- quantile(t, c(0.025, 0.975), names = FALSE)
        d <- density(t)
        e <- sqrt(0.025 * 0.975 / length(t)) / approx(d$x, d$y, q)$y
        cat(case, names(parameters(fit))[k], length(t), format(c(mean(t), sd(t), q[1], e[1], q[2], e[2]), digits = 8), sep = ";")
        cat("\n")
    }
}
cat("# R ", as.character(getRversion()), ", lme4 ", as.character(packageVersion("lme4")), ", by tests/reference/bootstrap.R\n",
    sep = "")
cat("case;parameter;n;mean;sd;lower;lower error;upper;upper error\n")
sleepstudy <- read("sleepstudy", "Subject")
sleepstudy$w <- 0.5 + (seq_len(nrow(sleepstudy)) - 1) %% 3
emit("dyestuff", lmer(Yield ~ 1 + (1 | Batch), read("dyestuff", "Batch"), control = control))
emit("dyestuff2", lmer(Yield ~ 1 + (1 | Batch), read("dyestuff2", "Batch"), control = control))
emit("sleepstudy", lmer(Reaction ~ Days + (Days | Subject), sleepstudy, control = control))
emit("sleepstudy_ml", lmer(Reaction ~ Days + (Days | Subject), sleepstudy, REML = FALSE, control = control))
fit <- lmer(Reaction ~ Days + (Days | Subject), sleepstudy, weights = w, control = control)
emit("sleepstudy_weights", fit, suppressMessages(weighted(fit)))
emit("penicillin", lmer(diameter ~ 1 + (1 | plate) + (1 | sample), read("penicillin", "plate", "sample"), control = control))
