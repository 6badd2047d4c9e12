package dev.mixedmodels.knime.empiricalbayes;

import dev.mixedmodels.knime.guess.ColumnGuesses;
import dev.mixedmodels.knime.guess.GuessOnOpen;
import dev.mixedmodels.knime.guess.Guesses;
import dev.mixedmodels.knime.guess.UnitGuesses;
import dev.mixedmodels.knime.settings.NoColumn;
import java.util.Set;
import java.util.function.Function;
import org.knime.node.parameters.updates.ParameterReference;

/** What the fields for columns show when the dialog opens and nobody has chosen any. */
final class UnitFields {
    private UnitFields() {
    }

    /** A column that is guessed beside the unit. */
    private abstract static class Column extends GuessOnOpen<String> {
        private final Function<UnitGuesses, String> guess;

        Column(final Class<? extends ParameterReference<String>> field, final Function<UnitGuesses, String> guess) {
            super(field);
            this.guess = guess;
        }

        @Override
        protected String guess(final ColumnGuesses columns) {
            return guess.apply(columns.units(Guesses.taken(columns.units(Set.of()).unit())));
        }
    }

    static final class UnitReference implements ParameterReference<String> {
    }

    static final class Unit extends GuessOnOpen<String> {
        Unit() {
            super(UnitReference.class);
        }

        @Override
        protected String guess(final ColumnGuesses columns) {
            return columns.units(Set.of()).unit();
        }

        @Override
        protected String shown(final String value) {
            return NoColumn.shown(value);
        }
    }

    static final class EstimateReference implements ParameterReference<String> {
    }

    static final class Estimate extends Column {
        Estimate() {
            super(EstimateReference.class, UnitGuesses::estimate);
        }
    }

    static final class StandardErrorReference implements ParameterReference<String> {
    }

    static final class StandardError extends Column {
        StandardError() {
            super(StandardErrorReference.class, UnitGuesses::standardError);
        }
    }

    static final class SamplingVarianceReference implements ParameterReference<String> {
    }

    static final class SamplingVariance extends Column {
        SamplingVariance() {
            super(SamplingVarianceReference.class, UnitGuesses::variance);
        }
    }

    static final class FrequencyReference implements ParameterReference<String> {
    }

    static final class FrequencyShown extends NoColumn.Shown {
        FrequencyShown() {
            super(FrequencyReference.class);
        }
    }

    static final class CountReference implements ParameterReference<String> {
    }

    static final class Count extends Column {
        Count() {
            super(CountReference.class, columns -> columns.count(columns.exposure()));
        }
    }

    static final class ExposureReference implements ParameterReference<String> {
    }

    static final class Exposure extends Column {
        Exposure() {
            super(ExposureReference.class, UnitGuesses::exposure);
        }
    }

    static final class SuccessesReference implements ParameterReference<String> {
    }

    static final class Successes extends Column {
        Successes() {
            super(SuccessesReference.class, columns -> columns.successes(columns.trials()));
        }
    }

    static final class TrialsReference implements ParameterReference<String> {
    }

    static final class Trials extends Column {
        Trials() {
            super(TrialsReference.class, UnitGuesses::trials);
        }
    }
}
