package dev.mixedmodels.knime.marginal;

import dev.mixedmodels.knime.mixed.CourseParameters;
import dev.mixedmodels.knime.mixed.Sections;
import dev.mixedmodels.knime.settings.ColumnChecks;
import dev.mixedmodels.knime.settings.ColumnChoices;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.ValueProvider;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.filter.TwinlistWidget;

/** The settings of the covariance of a subject's rows. The names of the fields are the persisted keys. */
@LoadDefaultsForAbsentFields
abstract class StructureParameters extends CourseParameters {
    protected static final String STRUCTURE_BY = "Separate covariance for each level of";
    protected static final String COORDINATES = "Coordinates";

    @Widget(title = StructureMode.TITLE, description = """
        What is assumed about the variances and correlations of a subject's n visits. More parameters assume less and \
        need more subjects.""")
    @ValueReference(MarginalDialog.StructureReference.class)
    @Layout(Sections.Covariance.class)
    StructureMode structure = StructureMode.UNSTRUCTURED;

    @Widget(title = COORDINATES, description = """
        One to three numeric columns that say where a row was measured. Rows are correlated by their distance, whatever the \
        origin and the direction of the axes; all columns need the same unit.""")
    @ChoicesProvider(ColumnChoices.Numeric.class)
    @TwinlistWidget
    @Effect(predicate = MarginalDialog.IsSpatial.class, type = EffectType.SHOW)
    @Layout(Sections.Covariance.class)
    String[] coordinates = {};

    @Widget(title = "Nugget", description = """
        Whether a part of the variance, the nugget, is not shared even by rows at the same place, such as errors of \
        measurement (1 more parameter). With it rows of a subject may have equal coordinates.""")
    @Effect(predicate = MarginalDialog.IsSpatial.class, type = EffectType.SHOW)
    @Layout(Sections.Covariance.class)
    boolean nugget;

    @Widget(title = STRUCTURE_BY, description = """
        A column, constant within subjects, each level of which has covariance parameters of its own, such as the \
        treatment arm.""")
    @ChoicesProvider(ColumnChoices.OptionalGrouping.class)
    @ValueReference(MarginalDialog.StructureByReference.class)
    @ValueProvider(MarginalDialog.StructureByShown.class)
    @Layout(Sections.Covariance.class)
    @Advanced
    String structureBy = "";

    @Widget(title = StructureMode.COMPARE_TITLE, description = """
        Further structures to be fitted with the same mean: their -2 log likelihood, AIC and BIC stand in the table \
        Model fit beside those of the chosen one. A flow variable names them by their constants, such as AR1 and \
        UNSTRUCTURED; spatial ones go by the coordinates that are chosen with a spatial structure.""")
    @ChoicesProvider(StructureMode.Choices.class)
    @Layout(Sections.Covariance.class)
    @Advanced
    String[] compareStructures = {};

    /** The coordinates, none where a flow variable says nothing. */
    protected final List<String> places() {
        return coordinates == null ? List.of() : Stream.of(coordinates).filter(Objects::nonNull).toList();
    }

    /** Compares the columns of the structure with a table. */
    protected final void checkStructure(final DataTableSpec spec, final String subject, final String title)
        throws InvalidSettingsException {
        for (final String column : places()) {
            ColumnChecks.requireNumeric(spec, column, "coordinate", COORDINATES);
            ColumnChecks.requireDifferent(subject, title, column, COORDINATES);
        }
        ColumnChecks.requireGroupingOrNone(spec, structureBy, "covariance grouping", STRUCTURE_BY);
    }
}
