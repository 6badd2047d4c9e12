package dev.mixedmodels.benchmarks;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.TableSettings;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.marginal.MarginalModel;
import dev.mixedmodels.engine.marginal.MarginalSettings;
import dev.mixedmodels.engine.marginal.MarginalSettings.Layout;
import dev.mixedmodels.engine.model.ModelFit;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Marginal Repeated Measures, from the columns to estimates, standard errors, degrees of freedom and type III tests
 * (no profile intervals), against R: unstructured over 8 visits of 5,000 subjects with drop-out against mmrm, with
 * Satterthwaite and with Kenward-Roger; continuous AR(1) of 10,000 subjects with 10 irregular times against nlme::gls.
 * Peers: {@code apt-get install r-cran-nlme}, and in R {@code install.packages("mmrm")}; skipped where absent. Where
 * mmrm is, on the machine of the project's timings it took 9.1 s (41 s with Kenward-Roger) on data of this size. JVM warm
 * ({@link WarmTimes}), median of 5. Argument {@code no-peers} leaves the peers out.
 */
public final class MarginalBenchmark {
    private static final int SUBJECTS = 5_000;
    private static final int VISITS = 8;
    private static final int IRREGULAR = 10_000;
    private static final int TIMES = 10;
    private static final int PEER_REPEATS = 3;
    private static final double MMRM_ELSEWHERE = 9.08;
    private static final double MMRM_KENWARD_ROGER_ELSEWHERE = 41;

    private MarginalBenchmark() {
    }

    /**
     * @param arguments see the class
     * @throws IOException if a peer's data cannot be written
     * @throws InterruptedException if waiting for a peer is
     */
    public static void main(final String[] arguments) throws IOException, InterruptedException {
        final boolean peers = !Arrays.asList(arguments).contains("no-peers");
        final Frame trial = MarginalData.trial(SUBJECTS, VISITS, 4713);
        final Layout visits = new Layout("subject", "visit", null, null);
        final String mmrm = "library(mmrm); d$subject <- factor(d$subject); f <- function() mmrm(y ~ baseline + arm * "
            + "visit + us(visit | subject), d";
        compare("unstructured, Satterthwaite", trial, settings("y ~ baseline + arm * visit", visits,
            VisitStructure.UNSTRUCTURED, DfMethod.SATTERTHWAITE), peers ? mmrm + ")" : null, MMRM_ELSEWHERE);
        compare("unstructured, Kenward-Roger", trial, settings("y ~ baseline + arm * visit", visits,
            VisitStructure.UNSTRUCTURED, DfMethod.KENWARD_ROGER),
            peers ? mmrm + ", method = \"Kenward-Roger\")" : null, MMRM_KENWARD_ROGER_ELSEWHERE);
        final Frame irregular = MarginalData.irregular(IRREGULAR, TIMES, 1);
        compare("continuous AR(1)", irregular, settings("y ~ arm * time", new Layout("subject", null, "time", null),
            VisitStructure.CONTINUOUS_AR1, DfMethod.SATTERTHWAITE),
            peers ? "library(nlme); f <- function() gls(y ~ arm * time, d, corCAR1(form = ~ time | subject))" : null,
            Double.NaN);
    }

    private static MarginalSettings settings(final String formula, final Layout layout, final VisitStructure structure,
        final DfMethod df) {
        return MarginalSettings.of(Formula.parse(formula), layout, structure)
            .withInference(i -> i.withDf(df).withVariances(VarianceIntervals.NONE, false))
            .withTables(TableSettings.means(List.of(), null));
    }

    private static void compare(final String name, final Frame frame, final MarginalSettings settings,
        final String peer, final double elsewhere) throws IOException, InterruptedException {
        final WarmTimes<ModelFit> times =
            WarmTimes.of(() -> MarginalModel.fit(settings, frame, Progress.NONE, new Warnings()));
        final double ours = times.median();
        print("%s, %,d rows: %s, -2 log likelihood %.6f", name, frame.rows(), times,
            times.last().tables().modelFit().stream().filter(row -> row.statistic().equals("-2 Log Likelihood"))
                .findFirst().orElseThrow().value());
        final RPeer.Timing timing = peer == null ? null : RPeer.fit(frame, peer, PEER_REPEATS);
        if (timing != null) {
            print("  peer %.2f s, -2 log likelihood %.6f: ratio 1/%.1f", timing.seconds(), timing.minus2LogLikelihood(),
                timing.seconds() / ours);
        } else if (elsewhere > 0) {
            print("  peer absent; against %.1f s on the machine of the project's timings: ratio 1/%.1f", elsewhere,
                elsewhere / ours);
        } else {
            print("  peer absent");
        }
    }

    private static void print(final String format, final Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
