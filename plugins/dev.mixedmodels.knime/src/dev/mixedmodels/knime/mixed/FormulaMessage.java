package dev.mixedmodels.knime.mixed;

import dev.mixedmodels.engine.common.Failures;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.knime.guess.TableFacts;
import dev.mixedmodels.knime.settings.Interaction;
import dev.mixedmodels.knime.settings.ModelSpecificationMode;
import dev.mixedmodels.knime.settings.NoColumn;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.StateProvider;
import org.knime.node.parameters.widget.message.TextMessage.Message;
import org.knime.node.parameters.widget.message.TextMessage.MessageType;

/** Shows in the dialog the formula of the model that the present settings make, or what is wrong with a written one. */
public abstract class FormulaMessage implements StateProvider<Optional<Message>> {
    /** Reference of the setting where the model comes from. */
    public static final class SpecificationReference implements ParameterReference<ModelSpecificationMode> {
    }

    /** Reference of the written formula. */
    public static final class FormulaReference implements ParameterReference<String> {
    }

    /** Reference of the response. */
    public static final class ResponseReference implements ParameterReference<String> {
    }

    /** Reference of the fixed effects. */
    public static final class FixedEffectsReference implements ParameterReference<String[]> {
    }

    /** Reference of the interactions. */
    static final class InteractionsReference implements ParameterReference<Interaction[]> {
    }

    /** Reference of the whole numbers that are taken as categories. */
    static final class NominalColumnsReference implements ParameterReference<String[]> {
    }

    private Supplier<ModelSpecificationMode> specification;
    private Supplier<String> formula;
    private Supplier<String> response;
    private Supplier<String[]> fixedEffects;
    private Supplier<Interaction[]> interactions;
    private Supplier<String[]> nominalColumns;

    @Override
    public void init(final StateProviderInitializer initializer) {
        initializer.computeBeforeOpenDialog();
        specification = initializer.computeFromValueSupplier(SpecificationReference.class);
        formula = initializer.computeFromValueSupplier(FormulaReference.class);
        response = initializer.computeFromValueSupplier(ResponseReference.class);
        fixedEffects = initializer.computeFromValueSupplier(FixedEffectsReference.class);
        interactions = initializer.computeFromValueSupplier(InteractionsReference.class);
        nominalColumns = initializer.computeFromValueSupplier(NominalColumnsReference.class);
    }

    @Override
    public final Optional<Message> computeState(final NodeParametersInput context) {
        final boolean columns = specification.get() == ModelSpecificationMode.COLUMNS;
        final String needed = columns ? response.get() : formula.get();
        if (needed == null || needed.isBlank()) {
            return Optional.empty();
        }
        try {
            final Formula model = columns ? fromColumns() : Formula.parse(formula.get());
            final Set<String> others = new HashSet<>(listed(nominalColumns));
            others.addAll(settled());
            final String remark = NominalColumns.remark(model, others, TableFacts.of(context));
            return Optional.of(new Message("Model", model + remark, MessageType.INFO));
        } catch (final RuntimeException | OutOfMemoryError | StackOverflowError e) {
            return Optional
                .of(new Message("This is no formula yet", Failures.inWords(e, "").getMessage(), MessageType.ERROR));
        }
    }

    /** Columns that are numbers, or categories, by the part that they play. */
    protected List<String> settled() {
        return List.of();
    }

    /** The model made of columns, with a response chosen. */
    protected abstract Formula fromColumns();

    /** A chosen column, empty if none is. */
    protected static String orEmpty(final Supplier<String> column) {
        return column.get() == null ? "" : NoColumn.stored(column.get());
    }

    /**
     * A list that the dialog has, empty if somebody has removed it, without elements that somebody has removed.
     *
     * @param <T> what is listed
     */
    protected static <T> List<T> listed(final Supplier<T[]> list) {
        return list.get() == null ? List.of() : Arrays.stream(list.get()).filter(Objects::nonNull).toList();
    }

    /** The chosen response. */
    protected final String response() {
        return response.get();
    }

    /** The chosen fixed effects. */
    protected final List<String> fixedEffects() {
        return listed(fixedEffects);
    }

    /** The pairs of columns of which both are chosen. */
    protected final List<Interaction> interactions() {
        return listed(interactions).stream().filter(
            pair -> isChosen(pair.first) && isChosen(pair.second) && !pair.first.equals(pair.second)).toList();
    }

    /** Whether a column is chosen. */
    protected static boolean isChosen(final String column) {
        return column != null && !column.isEmpty();
    }
}
