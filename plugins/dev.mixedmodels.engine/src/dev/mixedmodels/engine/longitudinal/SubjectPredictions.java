package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.common.ArraySize;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.likelihood.LocalShares;
import dev.mixedmodels.engine.model.FittedPart;
import dev.mixedmodels.engine.model.UnitArrays;
import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.result.BlupRow;
import dev.mixedmodels.engine.result.ResponseUnit;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * What a fitted model says of subjects and their rows, apart from what is known of the subjects themselves: predicts
 * any part of the subjects, on any machine, as it predicts all of them. Intervals take the normal quantile, the
 * covariance parameters as known.
 */
public final class SubjectPredictions implements Serializable {
    private static final long serialVersionUID = 1L;

    private final EffectParameters parameters;
    private final String group;
    private final List<String> effects;
    private final int[] fixedColumns;
    private final double[] beta;
    private final double[][] phi;
    private final double[][] d;
    private final double quantile;
    private final int exponent;
    private final FittedRows rows;

    /**
     * @param data the subjects
     * @param estimate the parameters
     * @param beta fixed effects in the user's columns
     * @param confidence confidence level in (0, 1)
     * @param rows tells fitted values; null if nobody will ask for these
     */
    SubjectPredictions(final SubjectData data, final Estimate estimate, final double[] beta, final double confidence,
        final FittedRows rows) {
        parameters = EffectParameters.of(estimate, data.design().fixed().basis().matrix());
        group = data.subject().name();
        effects = data.random() == null ? List.of() : List.copyOf(data.random().names());
        final List<String> fixed = data.design().fixed().names();
        fixedColumns = effects.stream().mapToInt(fixed::indexOf).toArray();
        this.beta = beta;
        phi = data.design().fixed().basis().covariance(estimate.atMinimum().phi());
        d = estimate.d();
        quantile = Tail.normalQuantile((1 - confidence) / 2);
        exponent = ResponseUnit.of(data.design().responseUnit()).exponent();
        this.rows = rows;
    }

    /**
     * @return number of random effects of a subject
     */
    public int effects() {
        return effects.size();
    }

    /**
     * The predictions of a subject's random effects, in the response's own unit.
     *
     * @param subject its number
     * @param rows one for each effect
     */
    public record Blups(int subject, List<BlupRow> rows) {
    }

    /**
     * @param part subjects that took part in the fit, all rows of each
     * @param names names of subjects by number
     * @return their predictions in the order of their numbers, computed while they are read
     */
    public Stream<Blups> blups(final SubjectPart part, final IntFunction<String> names) {
        if (effects.isEmpty()) {
            return Stream.of();
        }
        final ResponseUnit unit = new ResponseUnit(exponent);
        final SubjectEffects of = effects(part.shares().reducer(new double[0]));
        return part.numbers().mapToObj(subject -> {
            final int place = part.place(subject);
            return new Blups(subject,
                rows(of, place, names.apply(subject), part.count(place), null).stream().map(unit::back).toList());
        });
    }

    /**
     * @param part subjects that took part in the fit, all rows of each
     * @return computes fitted values of the rows of these subjects, part after part from their first rows on
     */
    public Function<Frame, FittedPart> fittedRows(final SubjectPart part) {
        final SubjectEffects of = effects(part.shares().reducer(new double[0]));
        final int q = fixedColumns.length;
        final double[] blups = new double[ArraySize.of(part.subjects(), q)];
        for (int subject = 0; subject < part.subjects() && q > 0; subject++) {
            System.arraycopy(of.blup(subject), 0, blups, subject * q, q);
        }
        return rows.of(part, blups);
    }

    /** What is known of the effects of some subjects. */
    UnitArrays arrays(final SubjectPart part) {
        return arrays(effects(part.shares().reducer(new double[0])), part.subjects());
    }

    SubjectEffects effects(final LocalShares.Reducer reducer) {
        return new SubjectEffects(parameters, reducer);
    }

    /** Room for what is known of so many subjects. */
    UnitArrays arrays(final int subjects) {
        return new UnitArrays(subjects, fixedColumns.length, beta.length);
    }

    UnitArrays arrays(final SubjectEffects of, final int subjects) {
        final UnitArrays units = arrays(subjects);
        for (int subject = 0; subject < subjects; subject++) {
            final double[] b = of.blup(subject);
            final SubjectEffects.Uncertainty u = of.uncertainty();
            units.put(subject, b, u.conditional(), u.onMean());
        }
        return units;
    }

    /** In the unit of the design. What is known of the subject is also put into the arrays if there are any. */
    List<BlupRow> rows(final SubjectEffects of, final int subject, final String level, final int count,
        final UnitArrays units) {
        final double[] b = of.blup(subject);
        final SubjectEffects.Uncertainty u = of.uncertainty();
        if (units != null) {
            units.put(subject, b, u.conditional(), u.onMean());
        }
        final double unit = parameters.unit();
        final List<BlupRow> all = new ArrayList<>(b.length);
        for (int j = 0; j < b.length; j++) {
            final int fixed = fixedColumns[j];
            final double own = u.prediction()[j][j]
                + (fixed < 0 ? 0 : phi[fixed][fixed] * unit * unit + 2 * u.crossed()[fixed][j]);
            all.add(BlupRow.of(group, level, effects.get(j), b[j], u.prediction()[j][j], u.conditional()[j][j], d[j][j],
                (fixed < 0 ? 0 : beta[fixed]) + b[j], own, quantile, count));
        }
        return all;
    }
}
