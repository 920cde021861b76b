package io.drover.workflow.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineFactory;
import javax.script.ScriptEngineManager;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.scripting.engine.ScriptEngineResolver;
import org.jspecify.annotations.Nullable;

/** Leaves diagrams, queries and variables nothing that the engine would run or make for them, but the beans it is given. */
public final class ClosedEngine {
    private ClosedEngine() {}

    /**
     * Closes an engine that has not been built yet: expressions, scripts, classes by name, decisions and cases.
     *
     * @param own whether in processes of this key a variable of this name is the process's own, read from nowhere else
     */
    public static void close(
            ProcessEngineConfigurationImpl engine, Map<Object, Object> beans, BiPredicate<String, String> own) {
        var noClasses = new NoClasses();
        engine.setBeans(beans);
        engine.setExpressionManager(new DiagramExpressions(beans, own));
        engine.setEnableExpressionsInAdhocQueries(false);
        engine.setEnableExpressionsInStoredQueries(false);
        engine.setCustomPreCommandInterceptorsTxRequired(
                with(engine.getCustomPreCommandInterceptorsTxRequired(), new QueryWatch()));
        engine.setCustomSessionFactories(with(engine.getCustomSessionFactories(), new ClosedFilters.Factory()));
        engine.setScriptEngineResolver(new NoScriptEngines());
        engine.setDmnEnabled(false);
        engine.setCmmnEnabled(false);
        engine.setArtifactFactory(noClasses);
        engine.setFormValidators(new ClosedForms());
        engine.setJavaSerializationFormatEnabled(false);
        engine.setDeserializationTypeValidator(noClasses);
        engine.setDeserializationTypeValidationEnabled(true);
    }

    private static <T> List<T> with(@Nullable List<T> known, T more) {
        List<T> all = known == null ? new ArrayList<>() : new ArrayList<>(known);
        all.add(more);
        return all;
    }

    /** Knows no script language at all. */
    private static final class NoScriptEngines implements ScriptEngineResolver {
        @Override
        public void addScriptEngineFactory(ScriptEngineFactory factory) {}

        @Override
        public ScriptEngineManager getScriptEngineManager() {
            return new ScriptEngineManager(null);
        }

        @Override
        public @Nullable ScriptEngine getScriptEngine(String language, boolean cached) {
            return null;
        }
    }
}
