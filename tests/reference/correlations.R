# Reference fits with correlations of several parameters, in time and in space:
#   Rscript tests/reference/correlations.R tests/data > tests/reference/correlations.json
# Starts and the cross-check are nlme 3.1-162; estimates by Newton's method on the dense likelihood below, with its exact
# derivatives, since nlme stops at about 1e-7. theta is as reported: elements of D by rows of the lower triangle, residual
# variances, parameters of the correlation. Kenward and Roger (1997) with second derivatives in theta: observed information
# for the marginal node, expected for the longitudinal one.
suppressMessages({library(nlme); library(jsonlite)})
data <- function(name) read.csv(file.path(commandArgs(TRUE)[1], paste0(name, ".csv")), stringsAsFactors = TRUE)
tr <- function(A, B) sum(A * t(B))

# Correlations C of all rows with derivatives by their parameters: list(C, first = list, second = list of lists)
armaC <- function(lag) function(t) {
  rho <- t[1]; gamma <- t[2]; off <- lag > 0; k <- pmax(lag - 1, 0)
  power <- function(d) ifelse(off & k >= d, (if (d == 0) 1 else if (d == 1) k else k * (k - 1)) * rho^(k - d), 0)
  list(C = ifelse(off, gamma * power(0), (lag == 0) + 0), first = list(gamma * power(1), power(0)),
    second = list(list(gamma * power(2), power(1)), list(power(1), 0 * lag)))
}
decay <- list(
  exponential = function(u) list(exp(-u), -exp(-u), exp(-u)),
  gaussian = function(u) list(exp(-u^2), -2 * u * exp(-u^2), (4 * u^2 - 2) * exp(-u^2)),
  spherical = function(u) list(ifelse(u < 1, 1 - 1.5 * u + 0.5 * u^3, 0), ifelse(u < 1, -1.5 + 1.5 * u^2, 0), ifelse(u < 1, 3 * u, 0)))
spaceC <- function(kind, distance, nugget) function(t) {
  f <- decay[[kind]](distance / t[1]); n <- nrow(distance); own <- diag(n); off <- 1 - own; c0 <- if (nugget) t[2] else 0
  u <- distance / t[1]; d1 <- -f[[2]] * u / t[1] * off; d2 <- (f[[3]] * u^2 + 2 * f[[2]] * u) / t[1]^2 * off
  first <- list((1 - c0) * d1); second <- list(list((1 - c0) * d2))
  if (nugget) { first[[2]] <- -f[[1]] * off; second <- list(list((1 - c0) * d2, -d1), list(-d1, 0 * off)) }
  list(C = own + (1 - c0) * f[[1]] * off, first = first, second = second)
}

# V = sum of D's elements times given matrices + S C S within units, S = sd by level; theta = (D, variances, correlation)
model <- function(D, same, level, C) {
  q <- length(D); v <- max(level)
  function(theta) {
    variances <- theta[q + seq_len(v)]; sd <- sqrt(variances[level]); cor <- C(theta[-seq_len(q + v)])
    m <- length(theta); p <- m - q - v; scale <- outer(sd, sd) * same; base <- scale * cor$C
    V <- base; for (k in seq_len(q)) V <- V + theta[k] * D[[k]]
    half <- function(a) (outer(level == a, rep(1, length(level))) + outer(rep(1, length(level)), level == a)) / 2
    first <- c(D, lapply(seq_len(v), function(a) base * half(a) / variances[a]), lapply(cor$first, function(x) scale * x))
    second <- function(r, s) {
      if (r < s) return(second(s, r))
      if (s <= q) return(NULL)
      if (r <= q + v) return(base * (half(r - q) * half(s - q) - (r == s) * half(r - q)) /
        (variances[r - q] * variances[s - q]))
      if (s <= q + v) return(scale * cor$first[[r - q - v]] * half(s - q) / variances[s - q])
      scale * cor$second[[r - q - v]][[s - q - v]]
    }
    list(V = V, first = first, second = second)
  }
}

likelihood <- function(at, X, y, reml) {
  n <- length(y); S <- solve(at$V); P <- solve(t(X) %*% S %*% X); beta <- c(P %*% t(X) %*% S %*% y); e <- y - X %*% beta
  W <- S - S %*% X %*% P %*% t(X) %*% S; Q <- if (reml) W else S; m <- length(at$first); se <- S %*% e
  f <- as.numeric(determinant(at$V)$modulus) + sum(e * se) + (n - reml * ncol(X)) * log(2 * pi) -
    reml * as.numeric(determinant(P)$modulus)
  QV <- lapply(at$first, function(d) Q %*% d); g <- sapply(seq_len(m), function(r) sum(diag(QV[[r]])) - sum(se * (at$first[[r]] %*% se)))
  H <- E <- matrix(0, m, m)
  for (r in seq_len(m)) for (s in seq_len(r)) {
    d <- at$second(r, s); E[r, s] <- E[s, r] <- tr(QV[[r]], QV[[s]])
    h <- -E[r, s] + 2 * sum((at$first[[r]] %*% se) * (W %*% (at$first[[s]] %*% se)))
    if (!is.null(d)) h <- h + tr(Q, d) - sum(se * (d %*% se))
    H[r, s] <- H[s, r] <- h
  }
  list(f = f, g = g, H = H, E = E, beta = beta, P = P, S = S)
}

kenwardRoger <- function(at, X, l, W) {
  P <- l$P; S <- l$S; SX <- S %*% X; m <- length(at$first); D <- lapply(at$first, function(d) d %*% SX)
  Pa <- lapply(D, function(d) -t(SX) %*% d); L <- 0
  for (a in seq_len(m)) for (b in seq_len(m)) {
    d <- at$second(a, b); R <- if (is.null(d)) 0 else t(SX) %*% d %*% SX
    L <- L + W[a, b] * (t(D[[a]]) %*% S %*% D[[b]] - Pa[[a]] %*% P %*% Pa[[b]] - R / 4)
  }
  adjusted <- P + 2 * P %*% L %*% P
  df <- sapply(seq_len(ncol(X)), function(k) {
    g <- sapply(Pa, function(p) (P %*% p %*% P)[k, k] / P[k, k]); A <- c(t(g) %*% W %*% g); B <- 3.5 * A; h <- -1
    c1 <- h / (3 + 2 * (1 - h)); c2 <- (1 - h) / (3 + 2 * (1 - h)); c3 <- (3 - h) / (3 + 2 * (1 - h))
    V <- 2 * (1 + c1 * B) / ((1 - c2 * B)^2 * (1 - c3 * B)); rho <- V / (2 / (1 - A)^2); 4 + 3 / (rho - 1)
  })
  list(se = sqrt(diag(adjusted)), df = df)
}

fits <- list()
# the best of some ranges where nlme may rest at a maximum of many
best <- function(make, start, ranges, X, y, reml) {
  tried <- lapply(c(start[2], ranges), function(r) replace(start, 2, r))
  tried[[which.min(sapply(tried, function(t) {
    V <- make(t)$V; R <- chol(V); A <- backsolve(R, X, transpose = TRUE); z <- backsolve(R, y, transpose = TRUE)
    n <- length(y) - reml * ncol(X); rss <- sum(qr.resid(qr(A), z)^2)
    2 * sum(log(diag(R))) + n * log(rss / n) + reml * as.numeric(determinant(crossprod(A))$modulus)
  }))]]
}
add <- function(name, reml, fit, make, start, X, y, node, names, Z = NULL, D = NULL) {
  theta <- unname(start)
  for (i in 1:60) {
    l <- likelihood(make(theta), X, y, reml); e <- eigen(l$H / sqrt(outer(abs(diag(l$H)), abs(diag(l$H)))))
    H <- if (all(e$values > 1e-8)) l$H else l$E
    step <- solve(H, l$g); factor <- 1
    while (factor > 1e-6 && !isTRUE(tryCatch(likelihood(make(theta - factor * step), X, y, reml)$f, error = function(e) NaN) <= l$f + 1e-9))
      factor <- factor / 2
    theta <- theta - factor * step
    if (sqrt(sum(step * l$g)) < 1e-9) break
  }
  at <- make(theta); l <- likelihood(at, X, y, reml); W <- 2 * solve(l$H)
  df <- sapply(seq_len(ncol(X)), function(k) {
    g <- sapply(at$first, function(d) { x <- l$S %*% X %*% l$P[, k]; sum(x * (d %*% x)) }); 2 * l$P[k, k]^2 / c(t(g) %*% W %*% g) })
  result <- list(name = name, node = node, reml = reml, minus2LogLikelihood = l$f, nlme = -2 * as.numeric(logLik(fit)),
    names = names, theta = theta, thetaSe = sqrt(diag(W)), terms = colnames(X), beta = l$beta, se = sqrt(diag(l$P)), df = df,
    normalized = c(forwardsolve(t(chol(at$V)), y - X %*% l$beta)))
  if (reml) result$kenwardRoger <- kenwardRoger(at, X, l, if (node == "marginal") W else 2 * solve(l$E))
  if (!is.null(Z)) {
    G <- D(theta); b <- G %*% t(Z) %*% l$S %*% (y - X %*% l$beta); K <- G %*% t(Z) %*% l$S
    conditional <- G - K %*% Z %*% G
    result$blup <- c(b); result$conditional <- sqrt(diag(conditional))
    result$prediction <- sqrt(diag(conditional + K %*% X %*% l$P %*% t(X) %*% t(K)))
  }
  message(name, if (reml) " REML " else " ML ", format(l$f, digits = 12), " nlme ", format(result$nlme, digits = 12), " theta ",
    paste(signif(theta, 6), collapse = " "), " gradient ", signif(max(abs(l$g * result$thetaSe)), 2))
  fits <<- c(fits, list(result))
}
cor0 <- function(f) coef(f$modelStruct$corStruct, unconstrained = FALSE)
# nlme's (phi, theta) as (rho, gamma)
arma <- function(p) c(p[1], (1 + p[1] * p[2]) * (p[1] + p[2]) / (1 + 2 * p[1] * p[2] + p[2]^2))
same <- function(g) outer(g, g, "==") + 0
distance <- function(...) as.matrix(dist(cbind(...)))
ovary <- data("ovary"); rats <- data("bodyweight"); rats$Diet <- factor(rats$Diet); wheat <- data("wheat2"); hetar <- data("hetar1")
wheat$block <- factor(wheat$block)
hetar <- hetar[!is.na(hetar$y), ]; hetar <- hetar[order(hetar$subject, hetar$visit), ]
control <- list(msMaxIter = 500, opt = "nlminb", msTol = 1e-12, tolerance = 1e-10, returnObject = TRUE)
for (reml in c(TRUE, FALSE)) {
  method <- if (reml) "REML" else "ML"

  # random intercept and ARMA(1,1) within mares; no random part
  mare <- same(ovary$Mare); lag <- abs(outer(ovary$index, ovary$index, "-")); X <- model.matrix(~ sin2pit + cos2pit, ovary)
  Z <- model.matrix(~ 0 + factor(Mare), ovary); one <- rep(1, nrow(ovary))
  f <- lme(follicles ~ sin2pit + cos2pit, ovary, ~ 1 | Mare, corARMA(form = ~ 1 | Mare, p = 1, q = 1), method = method, control = control)
  add("ovary_ri_arma", reml, f, model(list(mare), mare, one, armaC(lag)), c(getVarCov(f)[1, 1], sigma(f)^2, arma(cor0(f))), X, ovary$follicles,
    "longitudinal", c("Var((Intercept))", "Var(Residual)", "rho", "gamma1"), Z, function(t) diag(ncol(Z)) * t[1])
  f <- gls(follicles ~ sin2pit + cos2pit, ovary, corARMA(form = ~ 1 | Mare, p = 1, q = 1), method = method, control = control)
  add("ovary_arma", reml, f, model(list(), mare, one, armaC(lag)), c(sigma(f)^2, arma(cor0(f))), X, ovary$follicles,
    "longitudinal", c("Var(Residual)", "rho", "gamma1"))

  # exponential in time with and without nugget, beside a random intercept
  gap <- distance(ovary$Time)
  f <- lme(follicles ~ sin2pit + cos2pit, ovary, ~ 1 | Mare, corExp(form = ~ Time | Mare), method = method, control = control)
  add("ovary_ri_exponential", reml, f, model(list(mare), mare, one, spaceC("exponential", gap, FALSE)),
    c(getVarCov(f)[1, 1], sigma(f)^2, cor0(f)), X, ovary$follicles, "longitudinal", c("Var((Intercept))", "Var(Residual)", "range"), Z,
    function(t) diag(ncol(Z)) * t[1])
  f <- lme(follicles ~ sin2pit + cos2pit, ovary, ~ 1 | Mare, corExp(c(0.2, 0.2), form = ~ Time | Mare, nugget = TRUE), method = method, control = control)
  add("ovary_ri_exponential_nugget", reml, f, model(list(mare), mare, one, spaceC("exponential", gap, TRUE)),
    c(getVarCov(f)[1, 1], sigma(f)^2, cor0(f)), X, ovary$follicles, "longitudinal", c("Var((Intercept))", "Var(Residual)", "range", "nugget"), Z,
    function(t) diag(ncol(Z)) * t[1])

  # a residual variance of each diet, exponential in time; one variance and a nugget
  rat <- same(rats$Rat); X <- model.matrix(~ Time * Diet, rats); gap <- distance(rats$Time); level <- as.integer(rats$Diet)
  f <- gls(weight ~ Time * Diet, rats, corExp(100, form = ~ Time | Rat), varIdent(form = ~ 1 | Diet), method = method, control = control)
  ratio <- coef(f$modelStruct$varStruct, unconstrained = FALSE, allCoef = TRUE)[levels(rats$Diet)]
  add("bodyweight_diet_exponential", reml, f, model(list(), rat, level, spaceC("exponential", gap, FALSE)),
    c(sigma(f)^2 * ratio^2, cor0(f)), X, rats$weight, "longitudinal",
    c("Var(Residual:1)", "Var(Residual:2)", "Var(Residual:3)", "range"))
  f <- gls(weight ~ Time * Diet, rats, corExp(c(100, 0.1), form = ~ Time | Rat, nugget = TRUE), method = method, control = control)
  add("bodyweight_exponential_nugget", reml, f, model(list(), rat, rep(1, nrow(rats)), spaceC("exponential", gap, TRUE)),
    c(sigma(f)^2, cor0(f)), X, rats$weight, "marginal", c("Var(Residual)", "range", "nugget"))

  # ARMA(1,1) over visits some of which are missing
  subject <- same(hetar$subject); X <- model.matrix(~ baseline + arm * factor(visit), transform(hetar, arm = relevel(arm, "act")))
  f <- gls(y ~ baseline + arm * factor(visit), hetar, corARMA(form = ~ visit | subject, p = 1, q = 1), method = method, control = control)
  add("hetar1_arma", reml, f, model(list(), subject, rep(1, nrow(hetar)), armaC(abs(outer(hetar$visit, hetar$visit, "-")))),
    c(sigma(f)^2, arma(cor0(f))), X, hetar$y, "marginal", c("Var(Residual)", "rho", "gamma1"))

  # plots of blocks, and all plots together, in the plane
  block <- same(wheat$block); apart <- distance(wheat$latitude, wheat$longitude); one <- rep(1, nrow(wheat))
  classes <- list(exponential = corExp, gaussian = corGaus, spherical = corSpher)
  for (kind in names(classes)) for (nugget in c(FALSE, TRUE)) for (whole in c(FALSE, TRUE)) {
    # REML of the whole table has no maximum but with smooth correlations: the likelihood grows with the range
    if (whole && (!nugget || kind == "exponential" || kind == "spherical" && reml)) next
    form <- if (whole) ~ latitude + longitude else ~ latitude + longitude | block
    mean <- if (whole) yield ~ variety else yield ~ 1
    for (range in if (nugget) c(28, 20, 10) else c(2, 3)) {
      f <- try(gls(mean, wheat, classes[[kind]](c(range, if (nugget) 0.2), form = form, nugget = nugget), method = method,
        control = control), silent = TRUE)
      if (!inherits(f, "try-error") && cor0(f)[1] < 100) break
    }
    make <- model(list(), if (whole) 1 + 0 * block else block, one, spaceC(kind, apart, nugget)); X <- model.matrix(mean, wheat)
    start <- c(sigma(f)^2, cor0(f))
    if (kind == "spherical") start <- best(make, start, 4 * 1.02^(0:150), X, wheat$yield, reml)
    add(paste0("wheat2_", kind, if (nugget) "_nugget", if (whole) "_whole"), reml, f, make, start, X, wheat$yield, "marginal", c("Var(Residual)", "range", if (nugget) "nugget"))
  }
}
cat("[", paste(sapply(fits, toJSON, digits = NA, auto_unbox = TRUE), collapse = ",\n"), "]", sep = "\n")
