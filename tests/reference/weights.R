# Reference fits with weights of the rows: Rscript tests/reference/weights.R tests/data > tests/reference/weights.json
# Estimates, likelihoods and predictions by lme4 1.1-31 and nlme 3.1-162, degrees of freedom of Satterthwaite by lmerTest
# 3.1-3. What these do not have (Kenward-Roger with weights, which pbkrtest leaves out of its residual variance;
# Satterthwaite for nlme; normalized residuals of lmer) is computed from dense matrices below, derivatives by numDeriv.
# Weights are made: 0.5 + ((7 i) mod 11) / 4 for row i = 1, 2 ...
suppressMessages({library(lme4); library(lmerTest); library(nlme); library(jsonlite)})

# derivatives by differences of a size that suits the curvature of each parameter
scales <- function(f, x) sapply(seq_along(x), function(i) {
  h <- (abs(x[i]) * 1e-3 + 1e-6) * (seq_along(x) == i)
  1 / sqrt(abs(f(x + h) - 2 * f(x) + f(x - h)) / sum(h)^2)
})
hessian <- function(f, x, s = scales(f, x))
  numDeriv::hessian(function(u) f(x + s * u), 0 * x, method.args = list(eps = 0.02)) / outer(s, s)
grad <- function(f, x, s = scales(f, x)) numDeriv::grad(function(u) f(x + s * u), 0 * x, method.args = list(eps = 0.02)) / s

data <- function(name, ...) {
  d <- read.csv(file.path(commandArgs(TRUE)[1], paste0(name, ".csv")), ...)
  d$w <- 0.5 + ((7 * seq_len(nrow(d))) %% 11) / 4
  d
}

# -2 log (restricted) likelihood of y ~ N(X beta, V), without log |X'X|
criterion <- function(V, X, y, reml) {
  R <- chol(V); A <- backsolve(R, X, transpose = TRUE); z <- backsolve(R, y, transpose = TRUE)
  beta <- qr.coef(qr(A), z); r <- z - A %*% beta
  2 * sum(log(diag(R))) + sum(r^2) + (length(y) - reml * ncol(X)) * log(2 * pi) +
    reml * as.numeric(determinant(crossprod(A))$modulus)
}
phi <- function(V, X) solve(crossprod(X, solve(V, X)))

# Satterthwaite's df of every coefficient: observed information of theta by differences
satterthwaite <- function(V, theta, X, y, reml) {
  at <- function(t) criterion(V(t), X, y, reml)
  s <- scales(at, theta)
  W <- 2 * solve(hessian(at, theta, s))
  sapply(seq_len(ncol(X)), function(k) {
    g <- grad(function(t) phi(V(t), X)[k, k], theta, s)
    2 * phi(V(theta), X)[k, k]^2 / c(t(g) %*% W %*% g)
  })
}

# Kenward and Roger (1997) for V linear in theta, with the expected information: adjusted standard errors and df
kenwardRoger <- function(V, theta, X) {
  n <- length(theta); S <- solve(V(theta)); P <- phi(V(theta), X)
  D <- lapply(seq_len(n), function(a) V(theta + (seq_len(n) == a)) - V(theta))
  Pa <- lapply(D, function(d) -t(X) %*% S %*% d %*% S %*% X)
  Q <- function(a, b) t(X) %*% S %*% D[[a]] %*% S %*% D[[b]] %*% S %*% X
  M <- S - S %*% X %*% P %*% t(X) %*% S
  I <- outer(seq_len(n), seq_len(n), Vectorize(function(a, b) sum(diag(M %*% D[[a]] %*% M %*% D[[b]])) / 2))
  W <- solve(I); L <- 0
  for (a in seq_len(n)) for (b in seq_len(n)) L <- L + W[a, b] * (Q(a, b) - Pa[[a]] %*% P %*% Pa[[b]])
  adjusted <- P + 2 * P %*% L %*% P
  df <- sapply(seq_len(ncol(X)), function(k) {
    l <- seq_len(ncol(X)) == k; Theta <- l %*% t(l) / P[k, k]; A1 <- 0
    for (a in seq_len(n)) for (b in seq_len(n))
      A1 <- A1 + W[a, b] * sum(diag(Theta %*% P %*% Pa[[a]] %*% P)) * sum(diag(Theta %*% P %*% Pa[[b]] %*% P))
    # one row: A1 = A2, l = 1, in Kenward and Roger's formulas
    A2 <- A1; B <- (A1 + 6 * A2) / 2; g <- (2 * A1 - 5 * A2) / (3 * A2)
    c1 <- g / (3 + 2 * (1 - g)); c2 <- (1 - g) / (3 + 2 * (1 - g)); c3 <- (3 - g) / (3 + 2 * (1 - g))
    E <- 1 / (1 - A2); Vs <- 2 * (1 + c1 * B) / ((1 - c2 * B)^2 * (1 - c3 * B)); rho <- Vs / (2 * E^2)
    4 + 3 / (rho - 1)
  })
  list(se = sqrt(diag(adjusted)), df = df)
}

normalized <- function(V, X, y, beta) c(forwardsolve(t(chol(V)), y - X %*% beta))

# a fit of lmer; theta are the elements of each D by rows of its lower triangle, then sigma2; factors in the given order
ofLmer <- function(name, formula, d, reml, factors = NULL) {
  f <- lmerTest::lmer(formula, d, weights = w, REML = reml,
    control = lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-10), calc.derivs = FALSE))
  X <- getME(f, "X"); y <- getME(f, "y"); Zt <- getME(f, "Zt"); cnms <- getME(f, "cnms"); flist <- getME(f, "flist")
  Gp <- getME(f, "Gp"); basis <- list(); vc <- VarCorr(f); theta <- c()
  for (k in if (is.null(factors)) seq_along(cnms) else factors) {
    q <- length(cnms[[k]]); levels <- (Gp[k + 1] - Gp[k]) / q; Zk <- as.matrix(Zt[(Gp[k] + 1):Gp[k + 1], , drop = FALSE])
    for (i in seq_len(q)) for (j in seq_len(i)) {
      E <- matrix(0, q, q); E[i, j] <- E[j, i] <- 1
      basis <- c(basis, list(t(Zk) %*% kronecker(diag(levels), E) %*% Zk)); theta <- c(theta, vc[[k]][i, j])
    }
  }
  basis <- c(basis, list(diag(1 / d$w))); theta <- c(theta, sigma(f)^2)
  V <- function(t) Reduce(`+`, Map(`*`, basis, t))
  # the optimiser stops early; Newton's method goes on from there
  for (i in 1:4) theta <- theta - solve(hessian(function(t) criterion(V(t), X, y, reml), theta),
    grad(function(t) criterion(V(t), X, y, reml), theta))
  beta <- c(phi(V(theta), X) %*% t(X) %*% solve(V(theta), y))
  stopifnot(abs(criterion(V(theta), X, y, reml) + 2 * as.numeric(logLik(f))) < 1e-7)
  stopifnot(max(abs(beta - fixef(f)) / sqrt(diag(phi(V(theta), X)))) < 1e-3)
  df <- satterthwaite(V, theta, X, y, reml)
  stopifnot(max(abs(df / coef(summary(f))[, "df"] - 1)) < 1e-2)
  r <- ranef(f, condVar = FALSE); marginal <- c(X %*% beta)
  K <- Reduce(`+`, Map(`*`, basis[-length(basis)], theta[-length(theta)])) # Z D Z'
  conditional <- marginal + c(K %*% solve(V(theta), y - marginal))
  naive <- lm(nobars(formula), d, weights = w)
  list(name = name, reml = reml, minus2logLik = criterion(V(theta), X, y, reml), lme4 = -2 * as.numeric(logLik(f)),
    theta = theta, beta = beta, se = sqrt(diag(phi(V(theta), X))), df = df,
    kenwardRoger = if (reml) kenwardRoger(V, theta, X), fitted = conditional, marginal = marginal,
    pearson = (y - conditional) * sqrt(d$w) / sqrt(theta[length(theta)]), normalized = normalized(V(theta), X, y, beta),
    se_theta = sqrt(diag(2 * solve(hessian(function(t) criterion(V(t), X, y, reml), theta)))),
    naive = unname(coef(naive)), naive_se = unname(sqrt(diag(vcov(naive)))))
}

# a fit of nlme whose V is a function of theta in natural parameters; order says which rows nlme has, theta starts it
ofNlme <- function(name, f, V, theta, X, y, reml) {
  at <- function(t) criterion(V(t), X, y, reml)
  for (i in 1:6) theta <- theta - solve(hessian(at, theta), grad(at, theta))
  beta <- c(phi(V(theta), X) %*% t(X) %*% solve(V(theta), y))
  stopifnot(abs(criterion(V(theta), X, y, reml) + 2 * as.numeric(logLik(f))) < 1e-5)
  list(name = name, reml = reml, minus2logLik = criterion(V(theta), X, y, reml), nlme = -2 * as.numeric(logLik(f)),
    theta = theta, beta = beta, se = sqrt(diag(phi(V(theta), X))), df = satterthwaite(V, theta, X, y, reml),
    normalized = normalized(V(theta), X, y, beta),
    se_theta = sqrt(diag(2 * solve(hessian(function(t) criterion(V(t), X, y, reml), theta)))))
}

sleep <- data("sleepstudy"); pastes <- data("pastes"); dyestuff <- data("dyestuff"); penicillin <- data("penicillin")
unbalanced <- data("pastes_unbalanced"); orthodont <- data("orthodont"); ovary <- data("ovary"); rats <- data("bodyweight")
orthodont$Sex <- factor(orthodont$Sex, c("Female", "Male")); rats$Diet <- factor(rats$Diet)
fits <- list()
for (reml in c(TRUE, FALSE)) {
  fits <- c(fits, list(
    ofLmer("dyestuff", Yield ~ 1 + (1 | Batch), dyestuff, reml),
    ofLmer("pastes_unbalanced", strength ~ 1 + (1 | batch), unbalanced, reml),
    ofLmer("pastes", strength ~ 1 + (1 | batch / cask), pastes, reml, 2:1),
    ofLmer("penicillin", diameter ~ 1 + (1 | plate) + (1 | sample), penicillin, reml),
    ofLmer("sleepstudy", Reaction ~ Days + (Days | Subject), sleep, reml),
    ofLmer("orthodont", distance ~ age * Sex + (1 | Subject), orthodont, reml)))
  method <- if (reml) "REML" else "ML"
  control <- list(msMaxIter = 500, opt = "nlminb", msTol = 1e-12, tolerance = 1e-10)

  # random intercept, a residual variance for each sex
  f <- lme(distance ~ age * Sex, orthodont, ~ 1 | Subject, method = method, control = control,
    weights = varComb(varFixed(~ I(1 / w)), varIdent(form = ~ 1 | Sex)))
  same <- outer(orthodont$Subject, orthodont$Subject, "==") + 0
  V <- function(t) t[1] * same + diag(ifelse(orthodont$Sex == "Female", t[2], t[3]) / orthodont$w)
  s <- sigma(f)^2; ratio <- coef(f$modelStruct$varStruct, unconstrained = FALSE, allCoef = TRUE)
  ratio <- unlist(ratio); ratio <- ratio[grepl("emale|Male", names(ratio))]; names(ratio) <- sub(".*\\.", "", names(ratio))
  start <- c(getVarCov(f)[1, 1], s * ratio[["Female"]]^2, s * ratio[["Male"]]^2)
  fits <- c(fits, list(ofNlme("orthodont_by_sex", f, V, start, model.matrix(~ age * Sex, orthodont), orthodont$distance, reml)))

  # no random part, AR(1) within mares
  f <- gls(follicles ~ sin2pit + cos2pit, ovary, corAR1(form = ~ index | Mare), varFixed(~ I(1 / w)), method = method,
    control = control)
  lag <- abs(outer(ovary$index, ovary$index, "-")); mare <- outer(ovary$Mare, ovary$Mare, "==")
  V <- function(t) t[1] * mare * t[2]^lag / sqrt(outer(ovary$w, ovary$w))
  start <- c(sigma(f)^2, coef(f$modelStruct$corStruct, unconstrained = FALSE))
  fits <- c(fits, list(ofNlme("ovary_ar1", f, V, start, model.matrix(~ sin2pit + cos2pit, ovary), ovary$follicles, reml)))

  # marginal: compound symmetry with a variance at each age; continuous AR(1)
  f <- gls(distance ~ factor(age) * Sex, orthodont, corCompSymm(form = ~ 1 | Subject),
    varComb(varFixed(~ I(1 / w)), varIdent(form = ~ 1 | age)), method = method, control = control)
  ages <- match(orthodont$age, c(8, 10, 12, 14))
  V <- function(t) {
    sd <- sqrt(t[ages] / orthodont$w)
    ifelse(outer(seq_along(ages), seq_along(ages), "=="), 1, t[5]) * same * outer(sd, sd)
  }
  s <- sigma(f)^2 / (attr(f$modelStruct$varStruct$B, "weights")[1:4] )^2
  start <- c(unname(s), coef(f$modelStruct$corStruct, unconstrained = FALSE))
  fits <- c(fits, list(ofNlme("orthodont_csh", f, V, start, model.matrix(~ factor(age) * Sex, orthodont), orthodont$distance,
    reml)))

  f <- gls(weight ~ Time * Diet, rats, corCAR1(form = ~ Time | Rat), varFixed(~ I(1 / w)), method = method, control = control)
  gap <- abs(outer(rats$Time, rats$Time, "-")); rat <- outer(rats$Rat, rats$Rat, "==")
  V <- function(t) t[1] * rat * t[2]^gap / sqrt(outer(rats$w, rats$w))
  start <- c(sigma(f)^2, coef(f$modelStruct$corStruct, unconstrained = FALSE))
  fits <- c(fits, list(ofNlme("bodyweight_car1", f, V, start, model.matrix(~ Time * Diet, rats), rats$weight, reml)))
}
cat("[", paste(sapply(fits, toJSON, digits = NA, auto_unbox = TRUE), collapse = ",\n"), "]", sep = "\n")
