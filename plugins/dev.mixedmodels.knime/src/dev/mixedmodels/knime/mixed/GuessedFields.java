package dev.mixedmodels.knime.mixed;

import dev.mixedmodels.knime.guess.ColumnGuesses;
import dev.mixedmodels.knime.guess.GuessOnOpen;
import dev.mixedmodels.knime.guess.Guesses;
import dev.mixedmodels.knime.settings.NoColumn;
import java.util.Set;
import org.knime.node.parameters.updates.ParameterReference;

/** What the fields that several nodes have show when the dialog opens and nobody has chosen anything. */
public final class GuessedFields {
    private GuessedFields() {
    }

    /** Reference of the subject. */
    public static final class SubjectReference implements ParameterReference<String> {
    }

    static String subject(final ColumnGuesses columns) {
        return columns.group(Set.of());
    }

    static String response(final ColumnGuesses columns) {
        return columns.response(subject(columns), Set.of());
    }

    /**
     * @param columns makes the guesses
     * @return the guess for the visit where nothing is chosen
     */
    public static String visit(final ColumnGuesses columns) {
        return columns.visit(subject(columns), Set.of(response(columns)));
    }

    /**
     * @param columns makes the guesses
     * @return the fixed effects of a trial where nothing is chosen
     */
    public static String[] trialMean(final ColumnGuesses columns) {
        return columns.trialMean(visit(columns), Guesses.taken(subject(columns), response(columns)))
            .toArray(String[]::new);
    }

    /** The response. */
    static final class Response extends GuessOnOpen<String> {
        Response() {
            super(FormulaMessage.ResponseReference.class);
        }

        @Override
        protected String guess(final ColumnGuesses columns) {
            return response(columns);
        }
    }

    /** The subject. */
    public static class Subject extends GuessOnOpen<String> {
        /** Called by the platform. */
        public Subject() {
            super(SubjectReference.class);
        }

        @Override
        protected final String guess(final ColumnGuesses columns) {
            return subject(columns);
        }
    }

    /** The visit. */
    public abstract static class Visit extends GuessOnOpen<String> {
        /**
         * @param field reference of the field itself
         */
        protected Visit(final Class<? extends ParameterReference<String>> field) {
            super(field);
        }

        @Override
        protected String guess(final ColumnGuesses columns) {
            return visit(columns);
        }

        @Override
        protected String shown(final String value) {
            return NoColumn.shown(value);
        }
    }

    /** The time. */
    public abstract static class Time extends GuessOnOpen<String> {
        private final boolean unlessVisit;

        /**
         * @param field reference of the field itself
         * @param unlessVisit whether a visit takes its place
         */
        protected Time(final Class<? extends ParameterReference<String>> field, final boolean unlessVisit) {
            super(field);
            this.unlessVisit = unlessVisit;
        }

        @Override
        protected String guess(final ColumnGuesses columns) {
            return unlessVisit && !visit(columns).isEmpty() ? ""
                : columns.time(subject(columns), Set.of(response(columns)));
        }

        @Override
        protected String shown(final String value) {
            return NoColumn.shown(value);
        }
    }
}
