package dev.mixedmodels.knime.model;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

import org.knime.core.data.DataTableSpec;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;
import org.knime.core.node.port.AbstractSimplePortObjectSpec;

import dev.mixedmodels.engine.design.StoredDesign;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.formula.Variable;
import dev.mixedmodels.engine.frame.KnownLevels;
import dev.mixedmodels.engine.model.ModelKind;

/** What is known of a model before it is fitted: which node fits it, and the columns that it uses. */
public final class MixedModelPortObjectSpec extends AbstractSimplePortObjectSpec {
    private static final String NODE = "node";
    private static final String RESPONSE = "response";
    private static final String EXPLAINED = "explained";
    private static final String COLUMNS = "columns";
    private static final String KINDS = "kinds";
    private static final String FACTORS = "factors";
    private static final String NUMBERS = "numbers";

    private ModelKind node;
    private String response;
    private String explained;
    private List<String> columns;
    private List<ColumnKind> kinds;
    private List<String> factors = List.of();
    private List<String> numbers = List.of();

    /** Writes and reads it. */
    public static final class Serializer
        extends AbstractSimplePortObjectSpecSerializer<MixedModelPortObjectSpec> {
    }

    /** For the platform, which calls {@link #load} next. */
    public MixedModelPortObjectSpec() {
        // load does the rest
    }

    /**
     * @param node which node fits the model
     * @param table its input
     * @param response the response
     * @param used the columns that the model uses, which the table has
     */
    public MixedModelPortObjectSpec(final ModelKind node, final DataTableSpec table, final String response,
        final Collection<String> used) {
        this.node = node;
        this.response = response;
        explained = response;
        columns = used.stream().distinct().toList();
        kinds = columns.stream().map(name -> ColumnKind.of(table.getColumnSpec(name))).toList();
    }

    /**
     * @param formula the model
     * @param nominal columns of whole numbers that are categories
     * @return this, which now also says which function of the response it explains, and by which columns
     */
    public MixedModelPortObjectSpec withMean(final Formula formula, final Collection<String> nominal) {
        explained = formula.response() instanceof Variable.Plain ? response : formula.response().toString();
        final List<Variable> variables = formula.fixed().terms().stream().flatMap(term -> term.variables().stream()).toList();
        factors = columns(variables, variable -> isFactor(variable, nominal));
        numbers = columns(variables, variable -> !isFactor(variable, nominal));
        return this;
    }

    private boolean isFactor(final Variable variable, final Collection<String> nominal) {
        return variable instanceof Variable.Levels || variable instanceof Variable.Plain
            && (nominal.contains(variable.column()) || kind(variable.column()) == ColumnKind.NOMINAL);
    }

    private static List<String> columns(final List<Variable> variables, final Predicate<Variable> chosen) {
        return variables.stream().filter(chosen).flatMap(variable -> variable.columns().stream()).distinct().toList();
    }

    /**
     * @param design what the fit found in the columns; null without
     * @return this, which now also says which columns must have texts or numbers that before it might have had either
     */
    MixedModelPortObjectSpec fitted(final StoredDesign design) {
        if (design != null) {
            kinds = columns.stream().map(name -> fitted(name, design)).toList();
        }
        return this;
    }

    private ColumnKind fitted(final String column, final StoredDesign design) {
        final ColumnKind kind = kind(column);
        if (kind == ColumnKind.WHOLE && design.numbers().stream().anyMatch(number -> number.column().equals(column))) {
            return ColumnKind.NUMBER;
        }
        return kind == ColumnKind.NOMINAL && design.isNominal(column)
            && !KnownLevels.areNumbers(design.factor(column).levels()) ? ColumnKind.TEXT : kind;
    }

    /**
     * @return columns that are factors of the fixed effects
     */
    public List<String> factors() {
        return factors;
    }

    /**
     * @return columns that are numbers in the fixed effects, centred ones by their name in the table
     */
    public List<String> numbers() {
        return numbers;
    }

    /**
     * @return which node fits the model
     */
    public ModelKind node() {
        return node;
    }

    /**
     * @return the response
     */
    public String response() {
        return response;
    }

    /**
     * @return what the model explains: the response, or a function of it
     */
    public String explained() {
        return explained;
    }

    /**
     * @return the columns that the model uses, the response among them
     */
    public List<String> columns() {
        return columns;
    }

    /**
     * @param column one of the columns
     * @return how it was read
     */
    public ColumnKind kind(final String column) {
        return kinds.get(columns.indexOf(column));
    }

    @Override
    protected void save(final ModelContentWO model) {
        model.addString(NODE, node.name());
        model.addString(RESPONSE, response);
        model.addString(EXPLAINED, explained);
        model.addStringArray(COLUMNS, columns.toArray(String[]::new));
        model.addStringArray(KINDS, kinds.stream().map(Enum::name).toArray(String[]::new));
        model.addStringArray(FACTORS, factors.toArray(String[]::new));
        model.addStringArray(NUMBERS, numbers.toArray(String[]::new));
    }

    @Override
    protected void load(final ModelContentRO model) throws InvalidSettingsException {
        try {
            node = ModelKind.valueOf(model.getString(NODE));
            response = model.getString(RESPONSE);
            explained = model.containsKey(EXPLAINED) ? model.getString(EXPLAINED) : response;
            columns = List.of(model.getStringArray(COLUMNS));
            factors = List.of(model.getStringArray(FACTORS));
            numbers = List.of(model.getStringArray(NUMBERS));
            kinds = Arrays.stream(model.getStringArray(KINDS)).map(ColumnKind::valueOf).toList();
        } catch (final IllegalArgumentException e) {
            throw new InvalidSettingsException("The model names something that this version of Mixed Models for KNIME does "
                + "not know. Update the extension.", e);
        }
        if (kinds.size() != columns.size()) {
            throw new InvalidSettingsException("The model was changed or damaged after it was written.");
        }
    }
}
