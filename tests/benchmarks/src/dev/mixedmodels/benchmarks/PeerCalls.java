package dev.mixedmodels.benchmarks;

import dev.mixedmodels.benchmarks.PeerModels.Called;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs the calls of R that stand beside the results (rows R of Model fit) and compares what they give: log likelihood to
 * 1e-5, estimates to 1e-4 of their standard errors, since the peers' optimisers stop early, standard errors to 1e-4, degrees
 * of freedom to 1e-2, relative. Needs Rscript; a model whose package is missing is passed over and said so.
 * <p>
 * Arguments: none, or a regular expression of the names of models. Exit code 1 if a figure differs by more.
 */
public final class PeerCalls {
    private static final double LOG_LIKELIHOOD = 1e-5;
    private static final double ESTIMATE = 1e-4;
    private static final double STD_ERROR = 1e-4;
    private static final double DF = 1e-2;

    /** Evaluates a call statement by statement; the last table of coefficients has standard errors and, perhaps, df. */
    private static final String DRIVER = """
        options(warn = -1)
        run <- function(name, file, call) {
          options(contrasts = c("contr.treatment", "contr.poly"))
          data <- read.csv(file, check.names = FALSE, stringsAsFactors = FALSE)
          environment <- new.env(); environment$data <- data; table <- NULL
          figures <- tryCatch({
            for (statement in parse(text = call, keep.source = FALSE)) {
              value <- eval(statement, environment)
              if (inherits(value, "coef_test_clubSandwich")) table <- cbind(value$SE, value$df_Satt)
              else if (is.list(value) && !is.null(value$tTable)) table <- cbind(value$tTable[, 2], NaN)
              else if (is.list(value) && is.matrix(value$coefficients) && ncol(value$coefficients) == 5)
                table <- value$coefficients[, 2:3, drop = FALSE]
            }
            fit <- environment$fit
            if (is.null(fit)) c(NaN, value)
            else if (is.numeric(value) && !is.null(names(value)) && !is.matrix(value)) c(as.numeric(logLik(fit)), value)
            else {
              b <- if (inherits(fit, "merMod")) lme4::fixef(fit) else if (inherits(fit, "lme")) nlme::fixef(fit)
                else if (inherits(fit, "glmmTMB")) glmmTMB::fixef(fit)$cond else coef(fit)
              if (is.null(table)) table <- cbind(sqrt(diag(as.matrix(vcov(fit)))), NaN)
              l <- as.numeric(logLik(fit))
              if (inherits(fit, "rma") && fit$method == "REML") l <- l - as.numeric(determinant(crossprod(fit$X))$modulus) / 2
              c(l, b[!is.na(b)], table[, 1], if (ncol(table) > 1) table[, 2] else rep(NaN, nrow(table)))
            }
          }, error = function(e) gsub("\\\\s+", "_", conditionMessage(e)))
          cat(name, if (is.character(figures)) figures else sprintf("%.15g", figures), "\\n")
        }
        """;

    private PeerCalls() {
    }

    /**
     * @param args which models
     * @throws IOException if files cannot be written or Rscript is missing
     * @throws InterruptedException if waiting is
     */
    public static void main(final String[] args) throws IOException, InterruptedException {
        final Path folder = Files.createTempDirectory("peer-calls");
        final List<Called> models = new PeerCases(folder).all().stream()
            .filter(model -> args.length == 0 || model.name().matches(args[0])).toList();
        final Map<String, String[]> answers = answers(models, folder);
        boolean agree = true;
        for (final Called model : models) {
            agree &= compare(model, answers.get(model.name()));
        }
        if (!agree) {
            System.out.println("Not all figures agree.");
            System.exit(1);
        }
    }

    private static Map<String, String[]> answers(final List<Called> models, final Path folder)
        throws IOException, InterruptedException {
        final StringBuilder script = new StringBuilder(DRIVER);
        for (final Called model : models) {
            final Path call = folder.resolve(model.name() + ".R");
            Files.writeString(call, note(model, "R"));
            script.append("run(\"").append(model.name()).append("\", \"").append(model.file()).append("\", readLines(\"").append(call)
                .append("\"))\n");
        }
        final Path file = folder.resolve("all.R");
        Files.writeString(file, script);
        final Process r = new ProcessBuilder("Rscript", file.toString()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        final Map<String, String[]> answers = new HashMap<>();
        for (final String line : new String(r.getInputStream().readAllBytes()).split("\n")) {
            final String[] words = line.trim().split("\\s+");
            answers.put(words[0], words);
        }
        r.waitFor();
        return answers;
    }

    static String note(final Called model, final String language) {
        return model.modelFit().stream().filter(row -> row.statistic().equals(language)).map(FitStatisticRow::note).findFirst()
            .orElse("");
    }

    private static boolean compare(final Called model, final String[] answer) {
        final double[] ours = model.figures();
        if (answer == null || answer.length == 2 && !answer[1].startsWith("-")) {
            final boolean missing = answer != null && answer[1].contains("there_is_no_package");
            System.out.printf("%-28s %s%n    %s%n", model.name(), answer == null ? "no answer" : answer[1].replace('_', ' '),
                note(model, "R"));
            return missing;
        }
        final List<Double> theirs = new ArrayList<>();
        for (int i = 1; i < answer.length; i++) {
            theirs.add(answer[i].startsWith("NA") || answer[i].equals("NaN") ? Double.NaN : Double.parseDouble(answer[i]));
        }
        final int p = model.fixed().size();
        final double[] worst = new double[4];
        boolean complete = theirs.size() == (p == 0 ? ours.length : 1 + 3 * p);
        for (int i = 0; i < theirs.size() && complete; i++) {
            final int kind = p == 0 ? i == 0 ? 0 : 2 : i == 0 ? 0 : 1 + (i - 1) / p;
            final double at = i == 0 || p == 0 ? ours[i] : of(model.fixed().get((i - 1) % p), kind);
            final double unit = kind == 0 ? 1 : kind == 1 ? model.fixed().get(i - 1).stdError() : at;
            final double difference = Math.abs(theirs.get(i) - at) / unit;
            worst[kind] = Double.isNaN(difference) ? worst[kind] : Math.max(worst[kind], difference);
        }
        complete &= worst[0] <= LOG_LIKELIHOOD && worst[1] <= ESTIMATE && (worst[2] <= STD_ERROR || !model.sameErrors())
            && (worst[3] <= DF || !model.sameErrors());
        System.out.printf(Locale.ROOT, "%-28s %9.1e %9.1e %9.1e %9.1e %s%n", model.name(), worst[0], worst[1], worst[2], worst[3],
            complete ? "" : "DIFFERS " + String.join(" ", answer) + "\n    " + note(model, "R"));
        return complete;
    }

    private static double of(final FixedEffectRow row, final int kind) {
        return kind == 1 ? row.estimate() : kind == 2 ? row.stdError() : row.df();
    }
}
