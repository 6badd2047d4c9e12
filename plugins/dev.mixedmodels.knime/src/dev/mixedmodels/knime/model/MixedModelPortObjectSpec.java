package dev.mixedmodels.knime.model;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

import org.knime.core.data.DataTableSpec;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;
import org.knime.core.node.port.AbstractSimplePortObjectSpec;

import dev.mixedmodels.engine.model.ColumnKind;
import dev.mixedmodels.engine.model.ModelColumns;
import dev.mixedmodels.engine.model.ModelKind;
import dev.mixedmodels.knime.settings.ColumnChecks;

/** What is known of a model before it is fitted: which node fits it, and the columns that it uses. */
public final class MixedModelPortObjectSpec extends AbstractSimplePortObjectSpec {
    private static final String NODE = "node";
    private static final String RESPONSE = "response";
    private static final String EXPLAINED = "explained";
    private static final String COLUMNS = "columns";
    private static final String KINDS = "kinds";
    private static final String FACTORS = "factors";
    private static final String NUMBERS = "numbers";

    private ModelColumns known;

    /** Writes and reads it. */
    public static final class Serializer
        extends AbstractSimplePortObjectSpecSerializer<MixedModelPortObjectSpec> {
    }

    /** For the platform, which calls {@link #load} next. */
    public MixedModelPortObjectSpec() {
        // load does the rest
    }

    /**
     * @param known what is known of the model
     */
    public MixedModelPortObjectSpec(final ModelColumns known) {
        this.known = known;
    }

    /**
     * @param table the input
     * @return how a model reads a column of it
     */
    public static Function<String, ColumnKind> kinds(final DataTableSpec table) {
        return name -> ColumnChecks.kind(table.getColumnSpec(name));
    }

    /**
     * @return what is known of the model
     */
    public ModelColumns known() {
        return known;
    }

    @Override
    protected void save(final ModelContentWO model) {
        model.addString(NODE, known.node().name());
        model.addString(RESPONSE, known.response());
        model.addString(EXPLAINED, known.explained());
        model.addStringArray(COLUMNS, known.columns().toArray(String[]::new));
        model.addStringArray(KINDS, known.kinds().stream().map(Enum::name).toArray(String[]::new));
        model.addStringArray(FACTORS, known.factors().toArray(String[]::new));
        model.addStringArray(NUMBERS, known.numbers().toArray(String[]::new));
    }

    @Override
    protected void load(final ModelContentRO model) throws InvalidSettingsException {
        try {
            final String response = model.getString(RESPONSE);
            known = new ModelColumns(ModelKind.valueOf(model.getString(NODE)), response,
                model.containsKey(EXPLAINED) ? model.getString(EXPLAINED) : response,
                List.of(model.getStringArray(COLUMNS)),
                Arrays.stream(model.getStringArray(KINDS)).map(ColumnKind::valueOf).toList(),
                List.of(model.getStringArray(FACTORS)), List.of(model.getStringArray(NUMBERS)));
        } catch (final IllegalArgumentException e) {
            throw new InvalidSettingsException("The model names something that this version of Mixed Models for KNIME does "
                + "not know. Update the extension.", e);
        }
        if (known.kinds().size() != known.columns().size()) {
            throw new InvalidSettingsException("The model was changed or damaged after it was written.");
        }
    }
}
