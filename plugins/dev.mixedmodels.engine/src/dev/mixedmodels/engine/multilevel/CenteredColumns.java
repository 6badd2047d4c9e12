package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.formula.FormulaBuilder;
import dev.mixedmodels.engine.formula.Grouping;
import dev.mixedmodels.engine.formula.TermList;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.RowSource;
import dev.mixedmodels.engine.model.StoredCentering;
import dev.mixedmodels.engine.multilevel.LevelSpecification.Centering;
import dev.mixedmodels.engine.multilevel.LevelSpecification.Mode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Covariates less their mean over the fitted rows or in a unit, and the means of units, as further columns.
 *
 * @param source the table with the further columns
 * @param all what these are
 */
record CenteredColumns(RowSource source, CentredSource.Columns all) {
    /** Goes over the table where a covariate is to be centred. */
    static CenteredColumns of(final LevelSpecification model, final RowSource source, final DesignOptions options,
        final Progress progress) {
        final List<Centering> wanted = model.centerings().stream().filter(c -> c.mode() != Mode.RAW).toList();
        if (wanted.isEmpty()) {
            return new CenteredColumns(source, CentredSource.Columns.NONE);
        }
        final Frame header = source.header();
        final Set<String> columns = new LinkedHashSet<>();
        final Set<Grouping> groupings = new LinkedHashSet<>();
        for (final Centering centering : wanted) {
            if (!columns.add(header.numeric(centering.column()).name())) {
                throw new ModelException("The covariate \"" + centering.column()
                    + "\" is centred twice. Choose one way for each.");
            }
            if (centering.mode() != Mode.GRAND_MEAN) {
                groupings.add(grouping(model, centering.level()));
            }
        }
        final FormulaBuilder units = new FormulaBuilder(model.response());
        groupings.forEach(grouping -> units.random(new TermList(true, List.of()), grouping, true));
        final ModelDesign design = ModelDesign.of(source, units.build(),
            options.withAlsoUsed(model.columns().toArray(String[]::new)), List.of(), progress.sub(0, 0.6),
            new Warnings());
        final List<StoredCentering> centred = new ArrayList<>();
        final Set<String> names = new LinkedHashSet<>(header.names());
        for (int i = 0; i < wanted.size(); i++) {
            final Progress pass = progress.sub(0.6 + 0.4 * i / wanted.size(), 0.6 + 0.4 * (i + 1) / wanted.size());
            final StoredCentering covariate = centred(model, wanted.get(i), source, design, pass);
            requireNew(names, covariate.within());
            if (covariate.between() != null) {
                requireNew(names, covariate.between());
            }
            centred.add(covariate);
        }
        final CentredSource.Columns derived = new CentredSource.Columns(design.binder(), List.copyOf(centred));
        return new CenteredColumns(
            source instanceof Frame table ? derived.addTo(table) : new CentredSource(source, derived), derived);
    }

    private static void requireNew(final Set<String> names, final String name) {
        if (!names.add(name)) {
            throw new ModelException("The centred covariate would be called \"" + name + "\", but the table has a "
                + "column of that name. Rename it.");
        }
    }

    private static StoredCentering centred(final LevelSpecification model, final Centering centering,
        final RowSource source, final ModelDesign design, final Progress progress) {
        final String column = centering.column();
        final Grouping grouping = centering.mode() == Mode.GRAND_MEAN ? null : grouping(model, centering.level());
        final int units = grouping == null ? 1 : design.random().stream()
            .filter(random -> random.term().grouping().equals(grouping)).findFirst().orElseThrow().factor().size();
        final double[] means = source.fold(new CentringSums(design.binder(), column, grouping, units), progress)
            .means();
        return new StoredCentering(column,
            grouping == null ? column + ".centred" : column + ".within." + centering.level(),
            centering.mode() == Mode.WITHIN_AND_BETWEEN ? column + ".between." + centering.level() : null, grouping,
            means);
    }

    private static Grouping grouping(final LevelSpecification model, final String level) {
        for (int k = 0; k < model.levels().size(); k++) {
            if (model.levels().get(k).column().equals(level)) {
                return model.grouping(k);
            }
        }
        throw new ModelException("A covariate is to be centred within the level \"" + level + "\", which is not among "
            + "the levels of the model. Choose one of them.");
    }

    /** The columns that stand for a column in the mean. */
    List<String> replacements(final String column) {
        for (final StoredCentering centred : all.centred()) {
            if (centred.column().equals(column)) {
                return centred.between() == null ? List.of(centred.within()) : List.of(centred.within(),
                    centred.between());
            }
        }
        return List.of(column);
    }
}
