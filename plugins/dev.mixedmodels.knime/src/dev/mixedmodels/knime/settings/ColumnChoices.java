package dev.mixedmodels.knime.settings;

import dev.mixedmodels.engine.formula.TermTexts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.widget.choices.ColumnChoicesProvider;
import org.knime.node.parameters.widget.choices.StringChoicesProvider;
import org.knime.node.parameters.widget.choices.TypedStringChoice;
import org.knime.node.parameters.widget.choices.TypedStringChoicesProvider;
import org.knime.node.parameters.widget.choices.util.FilteredInputTableColumnsProvider;

/** The columns that the dialogs offer. */
public final class ColumnChoices {
    /** Beyond this number of pairs a list to choose from is of no use. */
    private static final int MOST_PAIRED = 12;

    private ColumnChoices() {
    }

    private static List<DataColumnSpec> columns(final NodeParametersInput context,
        final Predicate<DataColumnSpec> included) {
        return context.getInTableSpec(0).map(spec -> spec.stream().filter(included).toList()).orElse(List.of());
    }

    /** Numeric columns. */
    public static final class Numeric implements FilteredInputTableColumnsProvider {
        @Override
        public boolean isIncluded(final DataColumnSpec column) {
            return ColumnChecks.isNumeric(column);
        }
    }

    /** Columns whose values can name groups. */
    public static final class Grouping implements FilteredInputTableColumnsProvider {
        @Override
        public boolean isIncluded(final DataColumnSpec column) {
            return ColumnChecks.isGrouping(column);
        }
    }

    /** Columns of whole numbers. */
    public static final class Whole implements FilteredInputTableColumnsProvider {
        @Override
        public boolean isIncluded(final DataColumnSpec column) {
            return ColumnNames.isWhole(column);
        }
    }

    /** Columns that can be covariates, but those that play another part. */
    public abstract static class Covariates implements ColumnChoicesProvider {
        private final Predicate<DataColumnSpec> included;

        private final List<Supplier<String>> taken = new ArrayList<>();

        /** Numeric and nominal columns. */
        protected Covariates() {
            this(column -> ColumnChecks.isNumeric(column) || ColumnChecks.isNominal(column));
        }

        /** @param included the columns to choose from */
        protected Covariates(final Predicate<DataColumnSpec> included) {
            this.included = included;
        }

        /**
         * @param initializer gives access to the values of the dialog
         * @param field reference of a setting whose column is not offered
         */
        protected final void leaveOut(final StateProviderInitializer initializer,
            final Class<? extends ParameterReference<String>> field) {
            taken.add(initializer.computeFromValueSupplier(field));
        }

        /**
         * @return further columns that are not offered
         */
        protected List<String> others() {
            return List.of();
        }

        @Override
        public final List<DataColumnSpec> columnChoices(final NodeParametersInput context) {
            final List<String> others = new ArrayList<>(others());
            taken.forEach(column -> others.add(column.get()));
            return columns(context, included.and(column -> !others.contains(column.getName())));
        }
    }

    /** Columns that an interaction may have, those that look like time or visit first. */
    public static final class InteractionParts implements ColumnChoicesProvider {
        @Override
        public List<DataColumnSpec> columnChoices(final NodeParametersInput context) {
            return columns(context, ColumnChecks::isUsable).stream()
                .sorted(Comparator.comparing(column -> !ColumnNames.looksLikeTime(column))).toList();
        }
    }

    /** Nominal columns and pairs of them, "a:b", for least-squares means. */
    public static final class MeansTerms implements StringChoicesProvider {
        @Override
        public List<String> choices(final NodeParametersInput context) {
            final List<String> factors =
                columns(context, ColumnChecks::isGrouping).stream().map(DataColumnSpec::getName).toList();
            return factors.size() <= MOST_PAIRED ? TermTexts.withPairs(factors) : factors;
        }
    }

    /** Columns of some kind, and none of them. */
    public abstract static class OrNone implements TypedStringChoicesProvider {
        private final Predicate<DataColumnSpec> included;

        private OrNone(final Predicate<DataColumnSpec> included) {
            this.included = included;
        }

        @Override
        public final List<TypedStringChoice> computeState(final NodeParametersInput context) {
            final List<TypedStringChoice> choices = new ArrayList<>();
            choices.add(new TypedStringChoice(NoColumn.ID, NoColumn.TEXT, null));
            columns(context, included.and(column -> !column.getName().equals(NoColumn.ID)))
                .forEach(column -> choices.add(TypedStringChoice.fromColSpec(column)));
            return choices;
        }
    }

    /** Columns whose values can name groups, or none. */
    public static final class OptionalGrouping extends OrNone {
        /** Called by the platform. */
        public OptionalGrouping() {
            super(ColumnChecks::isGrouping);
        }
    }

    /** Numeric columns, or none. */
    public static final class OptionalNumeric extends OrNone {
        /** Called by the platform. */
        public OptionalNumeric() {
            super(ColumnChecks::isNumeric);
        }
    }

    /** Columns of numbers and dates, or none. */
    public static final class OptionalTime extends OrNone {
        /** Called by the platform. */
        public OptionalTime() {
            super(ColumnChecks::isTime);
        }
    }

    /** Any usable columns, or none. */
    public static final class OptionalAny extends OrNone {
        /** Called by the platform. */
        public OptionalAny() {
            super(ColumnChecks::isUsable);
        }
    }

    /** The levels of a chosen nominal column, as far as the table's domain knows them. */
    public abstract static class Levels implements StringChoicesProvider {
        private final Class<? extends ParameterReference<String>> column;
        private Supplier<String> chosen;

        /**
         * @param column reference of the setting that names the column
         */
        protected Levels(final Class<? extends ParameterReference<String>> column) {
            this.column = column;
        }

        @Override
        public void init(final StateProviderInitializer initializer) {
            initializer.computeBeforeOpenDialog();
            chosen = initializer.computeFromValueSupplier(column);
        }

        @Override
        public List<String> choices(final NodeParametersInput context) {
            return columns(context, spec -> spec.getName().equals(chosen.get())).stream()
                .map(spec -> spec.getDomain().getValues()).filter(Objects::nonNull)
                .flatMap(Set::stream).map(DataCell::toString).toList();
        }
    }

    /** Holds when the table has a column of dates. */
    public static final class HasDates implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getConstant(context -> !columns(context, ColumnChecks::isDate).isEmpty());
        }
    }
}
