package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.model.ModelFile;
import dev.mixedmodels.engine.model.StoredModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Models that were fitted, written and read, for tests of what is computed from them. */
public final class MeansModels {
    private static final Map<String, StoredModel> MADE = new ConcurrentHashMap<>();

    private MeansModels() {
    }

    /** The trial hetar1. */
    public static StoredModel hetar1(final String formula, final DfMethod df) {
        return model(formula, df, "hetar1", "subject", "arm", "visit");
    }

    /** Growth with a parabola by sex. */
    public static StoredModel orthodont(final DfMethod df) {
        return model("distance ~ Sex * age + Sex:I(age^2) + I(age^2) + (1 | Subject)", df, "orthodont", "Subject", "Sex");
    }

    /** Growth by another formula. */
    public static StoredModel orthodont(final String formula) {
        return model(formula, DfMethod.SATTERTHWAITE, "orthodont", "Subject", "Sex");
    }

    /** Growth by a line for each sex, the age centred. */
    public static StoredModel orthodont(final LevelSpecification.Mode mode) {
        final LevelSpecification line = new LevelSpecification("distance", List.of("Sex", "age"),
            List.of(List.of("Sex", "age")),
            List.of(new LevelSpecification.Level("Subject", List.of(), RandomStructure.UNSTRUCTURED)), false,
            List.of(new LevelSpecification.Centering("age", mode, "Subject")));
        return copy(MultilevelModel.fit(Fits.QUICK.apply(MultilevelSettings.of(line)),
            Fits.frame("orthodont", "Subject", "Sex"), Progress.NONE,
            new Warnings()).model().get());
    }

    /** Three arms at four sites, not all of them at each. */
    public static StoredModel threearms(final String formula, final DfMethod df) {
        return model(formula, df, "threearms", "id", "arm", "site");
    }

    /** Pupils of three factors. */
    public static StoredModel egsingle(final DfMethod df) {
        return model("math ~ year * female + female * retained + retained * black + (1 | childid)", df, "egsingle",
            "childid", "female", "retained", "black", "schoolid");
    }

    private static StoredModel model(final String formula, final DfMethod df, final String data, final String... nominal) {
        return MADE.computeIfAbsent(data + formula + df, key -> {
            final Frame frame = Fits.frame(data, nominal);
            return copy(Fits.fit(formula, frame, Fits.df(df)).model().get());
        });
    }

    private static StoredModel copy(final StoredModel model) {
        try {
            final ByteArrayOutputStream out = new ByteArrayOutputStream();
            ModelFile.write(model, out);
            return ModelFile.read(new ByteArrayInputStream(out.toByteArray()));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
