package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.RowSpan;
import dev.mixedmodels.engine.frame.Rows;
import dev.mixedmodels.engine.likelihood.MixedFit;
import dev.mixedmodels.engine.likelihood.MixedReader;
import dev.mixedmodels.engine.likelihood.MixedRows;
import dev.mixedmodels.engine.likelihood.UnitPredictions;
import dev.mixedmodels.engine.likelihood.UnitSets;
import dev.mixedmodels.engine.model.FittedPart;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.report.FittedValues;
import dev.mixedmodels.engine.report.KnownRows;
import dev.mixedmodels.engine.report.Whitening;
import java.io.Serializable;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Fitted values and residuals of a table that goes by part after part, from its first row on. The normalised ones are
 * the elements of L^-1 (y - X beta), V = L L', rows in the order of the table: of each set of linked units what its rows
 * so far tell of its random effects is kept. Missing where the units that are linked to one another are too many.
 */
final class FittedRows implements Function<Frame, FittedPart>, Serializable {
    private static final long serialVersionUID = 1L;

    /** Multiplications that are worth the figures, in all or, of more rows, of a row; linked effects whose F fits. */
    private static final double MOST_WORK = 4e9;
    private static final double MOST_OF_A_ROW = 1000;
    private static final int MOST_LINKED = 4000;
    /** Part of the heap that may be taken by what is kept of all sets. */
    private static final double SHARE_OF_HEAP = 0.25;

    private final MixedReader reader;
    private final CentredSource.Columns derived;
    private final double[][] blups;
    private final double[] gamma;
    private final double sigma;
    private final double[][][] roots;
    private final UnitSets sets; // null if nothing is whitened
    private transient Whitening[] whitening; // of each set from its first row on

    /**
     * @param fitted the fit
     * @param derived columns that the model makes of others
     */
    FittedRows(final FittedModel fitted, final CentredSource.Columns derived) {
        this.derived = derived;
        reader = fitted.mixed().reader();
        blups = Arrays.stream(fitted.predictions()).map(UnitPredictions::blup).toArray(double[][]::new);
        gamma = fitted.fit().beta();
        sigma = Math.sqrt(fitted.fit().sigma2());
        roots = IntStream.range(0, blups.length).mapToObj(fitted.fit()::covarianceRoot).toArray(double[][][]::new);
        sets = fitted.sets();
    }

    private FittedRows(final FittedRows other, final boolean normalised) {
        reader = other.reader;
        derived = other.derived;
        blups = other.blups;
        gamma = other.gamma;
        sigma = other.sigma;
        roots = other.roots;
        sets = normalised ? other.sets : null;
    }

    /** The same before any row; with or without normalised residuals. */
    FittedRows begin(final boolean normalised) {
        return new FittedRows(this, normalised);
    }

    /** The sets of linked units; null if they are so large that normalised residuals are left out. */
    static UnitSets sets(final MixedFit fit) {
        final UnitSets sets = UnitSets.of(fit.model());
        double bytes = 0;
        for (final int size : sets.sizes()) {
            bytes += Double.BYTES * ((double) size * size + 2 * size);
        }
        double work = 0;
        final int[] counts = fit.model().counts(0);
        for (int unit = 0; unit < counts.length; unit++) {
            final double size = sets.sizes()[sets.set()[0][unit]];
            work += counts[unit] * size * size;
        }
        return bytes > SHARE_OF_HEAP * Runtime.getRuntime().maxMemory()
            || work > Math.max(MOST_WORK, MOST_OF_A_ROW * fit.model().rows())
            || Arrays.stream(sets.sizes()).max().orElse(0) > MOST_LINKED ? null : sets;
    }

    @Override
    public FittedPart apply(final Frame part) {
        final MixedRows rows = reader.rows(derived.addTo(part));
        final KnownRows known = new KnownRows(part.rows());
        if (sets != null) {
            known(rows, known);
        }
        final double[] z = new double[Arrays.stream(roots).mapToInt(root -> root.length).max().orElse(0)]; // of a row
        return new FittedPart(new FittedValues(rows.design(), gamma, known, row -> random(rows, row, z),
            row -> sigma / rows.design().weights().root(row), row -> known.normalized()[row]), rows.design().usedResponses(),
            rows.factor(blups.length - 1)::code);
    }

    /** The predicted random part of a row, whose effects of a factor are put into z. */
    private double random(final MixedRows rows, final int row, final double[] z) {
        double sum = 0;
        for (int k = 0; k < blups.length; k++) {
            final int unit = rows.factor(k).code(row);
            if (unit >= 0) {
                rows.effects(k, row, z, 0);
                final int q = roots[k].length;
                for (int a = 0; a < q; a++) {
                    sum += z[a] * blups[k][unit * q + a];
                }
            }
        }
        return sum;
    }

    /** Whitens the fitted rows of a part. */
    private void known(final MixedRows rows, final KnownRows known) {
        if (whitening == null) {
            whitening = new Whitening[sets.sizes().length];
        }
        final Rows fitted = rows.design().rows().fitted();
        final int p = gamma.length;
        final int width = rows.width();
        final double[] values = new double[RowSpan.MOST * width]; // [w y z] of some rows
        final double[] row = new double[width];
        for (int i = 0; i < fitted.size(); i++) {
            final int at = i % RowSpan.MOST;
            if (at == 0) {
                rows.rows(i, Math.min(RowSpan.MOST, fitted.size() - i), values);
            }
            System.arraycopy(values, at * width, row, 0, width);
            final double mean = Matrices.dot(gamma, row);
            known.mean()[fitted.row(i)] = mean;
            final double root = rows.root(i);
            final int set = sets.set()[0][rows.factor(0).code(fitted.row(i))];
            if (whitening[set] == null) {
                whitening[set] = new Whitening(start(set), sets.sizes()[set], sigma);
            }
            whitening[set].row(root * (row[p] - mean));
            double random = 0;
            for (int k = 0, column = p + 1; k < roots.length; column += roots[k++].length) {
                final int unit = rows.factor(k).code(fitted.row(i));
                final int first = sets.offset()[k][unit];
                for (int a = 0; a < roots[k].length; a++) {
                    random += row[column + a] * blups[k][unit * roots[k].length + a];
                    whitening[set].effect(first + a, root * row[column + a]);
                }
            }
            known.random()[fitted.row(i)] = random;
            known.normalized()[fitted.row(i)] = whitening[set].standardised();
        }
    }

    /** F before any row: the roots of the D of the set's units. */
    private double[] start(final int set) {
        final int size = sets.sizes()[set];
        final double[] f = new double[size * size];
        for (int k = 0, at = 0; k < roots.length; k++) {
            for (int unit = 0; unit < sets.members()[k][set]; unit++, at += roots[k].length) {
                for (int a = 0; a < roots[k].length; a++) {
                    System.arraycopy(roots[k][a], 0, f, (at + a) * size + at, roots[k].length);
                }
            }
        }
        return f;
    }
}
