package io.drover.problem.web;

import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.CollectionFactory;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.GenericConverter;
import org.springframework.format.FormatterRegistry;

/** One value of a parameter that can be repeated is one value, whatever commas it has. */
final class WholeValues implements GenericConverter {
    private final ConversionService elements;

    /** @param registry which is a conversion service, too, in Spring MVC */
    WholeValues(FormatterRegistry registry) {
        this.elements = (ConversionService) registry;
    }

    @Override
    public Set<ConvertiblePair> getConvertibleTypes() {
        return Set.of(new ConvertiblePair(String.class, Collection.class));
    }

    @Override
    public Collection<Object> convert(@Nullable Object source, TypeDescriptor sourceType, TypeDescriptor targetType) {
        var element = targetType.getElementTypeDescriptor();
        Collection<Object> values =
                CollectionFactory.createCollection(targetType.getType(), element == null ? null : element.getType(), 1);
        var value = element == null ? source : elements.convert(source, sourceType, element);
        if (value != null) {
            values.add(value);
        }
        return values;
    }
}
