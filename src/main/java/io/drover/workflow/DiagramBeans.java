package io.drover.workflow;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;

/** The beans that expressions in diagrams can name, fetched anew each time since some have a state per call. */
final class DiagramBeans extends AbstractMap<Object, Object> {
    static final Set<String> NAMES = Set.of("extensionExecutor", "chooseHost", "applyPatch", "markVm", "recordPower");

    private final BeanFactory beans;

    DiagramBeans(BeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return key instanceof String name && NAMES.contains(name);
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        return key instanceof String name && NAMES.contains(name) ? beans.getBean(name) : null;
    }

    @Override
    public Set<Map.Entry<Object, Object>> entrySet() {
        return NAMES.stream()
                .map(name -> Map.<Object, Object>entry(name, beans.getBean(name)))
                .collect(Collectors.toUnmodifiableSet());
    }
}
