package org.knime.node;

import java.util.Arrays;
import java.util.function.Function;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.FluentNodeAPI;
import org.knime.core.node.port.PortObject;
import org.knime.core.webui.page.Page;
import org.knime.node.parameters.NodeParameters;

import dev.mixedmodels.standin.definition.PageDefinition;
import dev.mixedmodels.standin.definition.ViewDefinition;

/** How the results of a node are shown: a page, and what it gets to show. */
public final class DefaultView implements FluentNodeAPI {

    private final Class<? extends NodeParameters> parameters;

    private final String description;

    private final Page page;

    private DefaultInitialData<?> initialData;

    private DefaultView(final Class<? extends NodeParameters> parameters, final String description, final Page page) {
        this.parameters = parameters;
        this.description = description;
        this.page = page;
    }

    static RequireViewParameters create() {
        return parameters -> description -> page ->
            new DefaultView(parameters, description, page.apply(Page.create()));
    }

    /** Sets what the page gets, a record or another object that can be written as JSON. */
    public <D> DefaultView initialData(final Function<RequireInitialData, DefaultInitialData<D>> data) {
        this.initialData = data.apply(new RequireInitialData() {
            @Override
            public <T> DefaultInitialData<T> data(final Function<ViewInput, T> function) {
                return new DefaultInitialData<>(function);
            }
        });
        return this;
    }

    ViewDefinition definition() {
        return new ViewDefinition(parameters, description, PageDefinition.of(page),
            initialData == null ? null : initialData.function);
    }

    /** Asks for the class of the view's parameters. */
    public interface RequireViewParameters {

        RequireDescription parametersClass(Class<? extends NodeParameters> parametersClass);

        default RequireDescription withoutParameters() {
            return parametersClass(null);
        }
    }

    /** Asks for the description, a well-formed XML fragment. */
    public interface RequireDescription {
        RequirePage description(String description);
    }

    /** Asks for the page. */
    public interface RequirePage {
        DefaultView page(Function<Page.RequireFromFileOrString, Page> page);
    }

    /** Asks what the page gets. */
    public interface RequireInitialData {
        <D> DefaultInitialData<D> data(Function<ViewInput, D> data);
    }

    /**
     * What the page gets.
     *
     * @param <D> its type
     */
    public static final class DefaultInitialData<D> implements FluentNodeAPI {

        private final Function<ViewInput, D> function;

        private DefaultInitialData(final Function<ViewInput, D> function) {
            this.function = function;
        }
    }

    /** What is known when the view is opened: its parameters, and what the execution passed to setInternalData. */
    public interface ViewInput {

        <S extends NodeParameters> S getParameters();

        /** Null before the execution. */
        default BufferedDataTable[] getInternalTables() {
            final PortObject[] objects = getInternalPortObjects();
            return objects == null ? null
                : Arrays.copyOf(objects, objects.length, BufferedDataTable[].class);
        }

        /** Null before the execution. */
        PortObject[] getInternalPortObjects();
    }
}
