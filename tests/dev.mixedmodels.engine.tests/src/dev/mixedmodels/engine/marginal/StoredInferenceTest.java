package dev.mixedmodels.engine.marginal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.inference.Contrast;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.FixedCovariance;
import dev.mixedmodels.engine.inference.FixedInference;
import dev.mixedmodels.engine.inference.TableSettings;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.model.ModelFile;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.result.MeansRow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Standard errors and degrees of freedom from a model that was written and read are those of the fit. */
class StoredInferenceTest {
    /** The same operations on the same numbers, but for CR0 to CR3, where sums are taken in another order. */
    private static final double SAME = 1e-9;

    @ParameterizedTest
    @CsvSource({"SATTERTHWAITE,MODEL", "KENWARD_ROGER,MODEL", "KENWARD_ROGER_LINEAR,MODEL", "BETWEEN_WITHIN,MODEL",
        "RESIDUAL,MODEL", "ASYMPTOTIC,MODEL", "SATTERTHWAITE,CR0", "SATTERTHWAITE,CR2", "SATTERTHWAITE,CR3",
        "BETWEEN_WITHIN,CR2", "RESIDUAL,CR2", "ASYMPTOTIC,CR3"})
    void coefficientsAndContrasts(final DfMethod df, final FixedCovariance covariance) throws IOException {
        final MarginalSettings settings = Simulated.settings("y ~ arm * visit + x", VisitStructure.HETEROGENEOUS_AR1, true)
            .withInference(i -> i.withDf(df).withFixedCovariance(covariance).withVariances(VarianceIntervals.NONE, false))
            .withTables(TableSettings.means(List.of(List.of("arm")), "visit"));
        final ModelFit fit = Simulated.fit(settings, new Simulated(30, 4, 0.15, 7).frame());
        final StoredModel model = read(fit.model().get());
        final FixedInference inference = model.fixedInference();
        final double unit = Math.scalb(1.0, model.exponent());
        int column = 0;
        for (final FixedEffectRow row : fit.tables().fixedEffects()) {
            final double[] l = new double[inference.estimates().length];
            l[column] = 1;
            check(row.estimate(), row.stdError(), row.df(), Contrast.of(inference.estimate(l),
                Math.sqrt(inference.variance(l)), inference.coefficientDf(column++), 0.95), unit);
        }
        int differences = 0;
        for (final MeansRow row : fit.tables().means()) {
            if (row.type().equals("Difference")) {
                // a - b at a visit: the arm's effect and its interaction with that visit
                final double[] l = new double[inference.estimates().length];
                final List<String> names = fit.tables().fixedEffects().stream().map(FixedEffectRow::term).toList();
                l[names.indexOf("armb")] = -1;
                final int visit = Integer.parseInt(row.at().substring("visit = ".length()));
                if (visit > 1) {
                    l[names.indexOf("armb:visit" + visit)] = -1;
                }
                check(row.estimate(), row.stdError(), row.df(), Contrast.of(inference, l, 0.95), unit);
                differences++;
            }
        }
        assertEquals(4, differences);
    }

    private static void check(final double estimate, final double stdError, final double df, final Contrast stored,
        final double unit) {
        assertEquals(estimate, unit * stored.estimate(), SAME * stdError);
        assertEquals(stdError, unit * stored.stdError(), SAME * stdError);
        assertEquals(1 / df, 1 / stored.df(), SAME / df);
    }

    private static StoredModel read(final StoredModel model) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        ModelFile.write(model, out);
        return ModelFile.read(new ByteArrayInputStream(out.toByteArray()));
    }
}
