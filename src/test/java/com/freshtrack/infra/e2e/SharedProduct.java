package com.freshtrack.infra.e2e;

import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;

/**
 * One running product for all the tests of a run, with monitoring where their tag is {@code monitoring}, because bringing it up takes longer than most of them. A test leaves it as
 * it found it, or closes it; after one that failed, and not one that was skipped, it is thrown away, and the next test gets a new one.
 */
final class SharedProduct implements ParameterResolver, AfterEachCallback {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(SharedProduct.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Product.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return holder(context).product(context.getTags().contains("monitoring"));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (context.getExecutionException()
                .filter(reason -> !(reason instanceof TestAbortedException))
                .isPresent()) {
            holder(context).close();
        }
    }

    private static Holder holder(ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent(Holder.class);
    }

    /** Holds the product until the run ends. */
    static final class Holder implements ExtensionContext.Store.CloseableResource {
        private Optional<Product> product = Optional.empty();

        Product product(boolean watched) {
            if (product.filter(running -> !running.isClosed() && running.isWatched() == watched)
                    .isEmpty()) {
                close();
                product = Optional.of(Product.up(watched));
            }
            return product.get();
        }

        @Override
        public void close() {
            product.ifPresent(Product::close);
            product = Optional.empty();
        }
    }
}
