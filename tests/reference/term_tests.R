# F tests of types I and II: Rscript tests/reference/term_tests.R tests/data > tests/reference/term_tests.json
# lmerTest 3.1-3, anova(type = 1, 2), ddf Satterthwaite and Kenward-Roger (pbkrtest 0.5.2), REML; unequal groups and missing
# responses, so that the types differ.
suppressMessages({library(lme4); library(lmerTest); library(jsonlite)})
data <- function(name) read.csv(file.path(commandArgs(TRUE)[1], paste0(name, ".csv")), stringsAsFactors = FALSE)
visits <- data("hetar1"); visits$visit <- factor(visits$visit); arms <- data("threearms")
arms$arm <- factor(arms$arm, c("act", "hi", "pbo")); visits$arm <- factor(visits$arm, c("act", "pbo"))
growth <- data("orthodont"); growth <- growth[seq_len(nrow(growth)) %% 7 != 3, ]; growth$Sex <- factor(growth$Sex, c("Female", "Male"))
control <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-10))
fits <- list(
  threearms = lmer(y ~ arm * x + (1 | id), arms, control = control),
  hetar1 = lmer(y ~ baseline + arm * visit + (1 | subject), visits, control = control),
  orthodont = lmer(distance ~ Sex * age + (1 | Subject), growth, control = control))
out <- list()
for (name in names(fits)) for (type in 1:2) for (ddf in c("Satterthwaite", "Kenward-Roger")) {
  a <- anova(fits[[name]], type = type, ddf = ddf)
  out <- c(out, list(list(name = name, type = type, ddf = ddf, term = rownames(a), F = a[["F value"]], num = a$NumDF,
    den = a$DenDF)))
}
cat("[", paste(sapply(out, toJSON, digits = NA, auto_unbox = TRUE), collapse = ",\n"), "]", sep = "\n")
