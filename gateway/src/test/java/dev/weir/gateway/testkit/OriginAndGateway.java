package dev.weir.gateway.testkit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test class's constructor a {@link ScriptedOrigin} and a {@link GatewayUnderTest} in front of it, and closes both
 * with the instance: after each test, or after all of them where the class has one instance for all (see {@link
 * org.junit.jupiter.api.TestInstance}).
 */
public final class OriginAndGateway implements ParameterResolver {

    private static final Namespace OWN = Namespace.create(OriginAndGateway.class);

    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == ScriptedOrigin.class || type == GatewayUnderTest.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ExtensionContext.Store store = context.getStore(OWN);
        // What is made first is closed last
        ScriptedOrigin origin = store.getOrComputeIfAbsent(ScriptedOrigin.class);
        return parameter.getParameter().getType() == ScriptedOrigin.class
                ? origin
                : store.getOrComputeIfAbsent(
                        GatewayUnderTest.class, type -> GatewayUnderTest.inFrontOf(origin), GatewayUnderTest.class);
    }
}
