package dev.mixedmodels.engine.means;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.inference.Alternative;
import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.result.JointTestRow;
import dev.mixedmodels.engine.result.MeansRow;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everything against R's emmeans (tests/reference/emmeans.csv, by emmeans.R beside it), from models that were written to a
 * file and read.
 */
class EmmeansTest {
    /** Of the standard error; and relative for these. */
    private static final double ESTIMATE = 1e-6;
    /** Relative; lmerTest differentiates numerically. */
    private static final double DF = 1e-3;

    /** Relative; emmeans gives hypotheses in five digits. */
    private static final double ROUNDED = 5e-5;

    static List<String> queries() throws IOException {
        return EmmeansReference.queries().stream().filter(query -> !query.contains("joint")).toList();
    }

    static List<String> jointQueries() throws IOException {
        return EmmeansReference.queries().stream().filter(query -> query.contains("joint")).toList();
    }

    @ParameterizedTest
    @MethodSource("queries")
    void meansAndDifferences(final String query) throws IOException {
        final EmmeansQuery asked = EmmeansQuery.of(query);
        final List<EmmeansReference> expected = EmmeansReference.of(query);
        final List<MeansRow> rows = ModelMeans.of(asked.model(), asked.settings(), Progress.NONE, new Warnings()).rows()
            .stream().filter(row -> row.type().equals(asked.type())
                && (asked.settings().slopes().isEmpty() || row.term().contains(":"))).toList();
        assertEquals(expected.size(), rows.size());
        for (int i = 0; i < rows.size(); i++) {
            final MeansRow row = rows.get(i);
            final EmmeansReference r = expected.get(i);
            final String what = row + " against " + r;
            if (Double.isNaN(r.estimate())) {
                assertTrue(Double.isNaN(row.estimate()), what);
                continue;
            }
            assertEquals(r.estimate(), row.estimate(), ESTIMATE * r.error(), what);
            assertEquals(r.error(), row.stdError(), ESTIMATE * r.error(), what);
            assertEquals(1, row.df() == r.df() ? 1 : row.df() / r.df(), DF, what);
            final double t = (row.estimate() - asked.hypothesis()) / row.stdError();
            assertEquals(t, row.t(), 1e-12 * Math.abs(t), what);
            assertEquals(asked.settings().tests().alternative().pValue(t, row.df()), row.pValue(), 1e-12, what);
            // what the degrees of freedom differ by is seen in p-values and bounds
            final double loss = Math.abs(r.p() - asked.settings().tests().alternative().pValue(r.t(), row.df()));
            assertEquals(r.p(), row.pValue(), ESTIMATE + loss, what);
            bound(r.lower(), row.lower(), r, what);
            bound(r.upper(), row.upper(), r, what);
            if (asked.settings().tests().alternative() == Alternative.TWO_SIDED) {
                assertEquals(r.p(), Tail.tTwoSided(r.t(), r.df()), 1e-12, what);
            }
            if (!Double.isNaN(r.adjusted())) {
                assertEquals(r.adjusted(), row.adjustedPValue(), ESTIMATE + asked.adjustmentError() + 100 * loss, what);
            }
        }
    }

    private static void bound(final double expected, final double actual, final EmmeansReference r, final String what) {
        if (Double.isInfinite(expected)) {
            assertEquals(expected, actual, what);
        } else {
            assertEquals(expected, actual, 10 * DF * r.error() / Math.sqrt(r.df()) + 1e-5 * r.error(), what);
        }
    }

    /** Hypotheses by emmeans, F with its degrees of freedom and p by lmerTest. */
    @ParameterizedTest
    @MethodSource("jointQueries")
    void jointTests(final String query) throws IOException {
        final EmmeansQuery asked = EmmeansQuery.of(query);
        final List<JointTestRow> rows =
            ModelMeans.of(asked.model(), asked.settings(), Progress.NONE, new Warnings()).joint();
        int found = 0;
        for (final EmmeansReference r : EmmeansReference.of(query)) {
            final JointTestRow row = rows.stream().filter(j -> j.term().equals(r.label())
                && j.at().replaceAll(".* = ", "").equals(r.by())).findFirst().orElseThrow(() -> new AssertionError(r + " in " + rows));
            final String what = row + " against " + r;
            assertEquals(r.t(), row.numDf(), what);
            assertEquals(r.estimate(), row.f(), ROUNDED * r.estimate(), what);
            assertEquals(r.df(), row.denDf(), DF * r.df(), what);
            assertEquals(0, Math.log(r.p() / row.pValue()), 0.01, what);
            found++;
        }
        assertEquals(rows.stream().filter(row -> row.numDf() > 0).count(), found, rows.toString());
    }
}
