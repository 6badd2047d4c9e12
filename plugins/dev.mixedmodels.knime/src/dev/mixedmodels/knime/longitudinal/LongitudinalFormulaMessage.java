package dev.mixedmodels.knime.longitudinal;

import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.formula.SubjectCourse;
import dev.mixedmodels.knime.mixed.CourseFormulaMessage;
import dev.mixedmodels.knime.mixed.GuessedFields;
import java.util.List;
import java.util.function.Supplier;
import org.knime.node.parameters.updates.ParameterReference;

/** The formula of the model in the dialog. */
final class LongitudinalFormulaMessage extends CourseFormulaMessage {
    static final class RandomInterceptReference implements ParameterReference<Boolean> {
    }

    static final class RandomDegreeReference implements ParameterReference<Integer> {
    }

    static final class RandomSlopesReference implements ParameterReference<String[]> {
    }

    static final class RandomCovarianceReference implements ParameterReference<RandomCovarianceMode> {
    }

    private Supplier<String> subject;
    private Supplier<Boolean> randomIntercept;
    private Supplier<Integer> randomDegree;
    private Supplier<String[]> randomSlopes;
    private Supplier<RandomCovarianceMode> randomCovariance;

    @Override
    public void init(final StateProviderInitializer initializer) {
        super.init(initializer);
        subject = initializer.computeFromValueSupplier(GuessedFields.SubjectReference.class);
        randomIntercept = initializer.computeFromValueSupplier(RandomInterceptReference.class);
        randomDegree = initializer.computeFromValueSupplier(RandomDegreeReference.class);
        randomSlopes = initializer.computeFromValueSupplier(RandomSlopesReference.class);
        randomCovariance = initializer.computeFromValueSupplier(RandomCovarianceReference.class);
    }

    @Override
    protected List<String> settled() {
        return List.of(time());
    }

    @Override
    protected Formula fromColumns() {
        return new SubjectCourse(orEmpty(subject), randomIntercept.get(), time(), randomDegree.get(),
            listed(randomSlopes), randomCovariance.get() != RandomCovarianceMode.DIAGONAL)
            .addTo(mean()).build();
    }
}
