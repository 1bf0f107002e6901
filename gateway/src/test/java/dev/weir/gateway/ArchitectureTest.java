package dev.weir.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may use whom, and which library lives where. */
@AnalyzeClasses(packages = "dev.weir.gateway", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "dev.weir.gateway.";

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.weir.gateway.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packagesUseOnlyWhatTheTableSays = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("dev.weir.gateway..")
            .layer("http")
            .definedBy(ROOT + "http..")
            .layer("policy")
            .definedBy(ROOT + "policy..")
            .layer("route")
            .definedBy(ROOT + "route..")
            .layer("purge")
            .definedBy(ROOT + "purge..")
            .layer("store")
            .definedBy(ROOT + "store..")
            .layer("coalesce")
            .definedBy(ROOT + "coalesce..")
            .layer("redis")
            .definedBy(ROOT + "redis..")
            .layer("tunnel")
            .definedBy(ROOT + "tunnel..")
            .layer("origin")
            .definedBy(ROOT + "origin..")
            .layer("encode")
            .definedBy(ROOT + "encode..")
            .layer("observe")
            .definedBy(ROOT + "observe..")
            .layer("flow")
            .definedBy(ROOT + "flow..")
            .layer("edge")
            .definedBy(ROOT + "edge..")
            .layer("admin")
            .definedBy(ROOT + "admin..")
            .layer("wiring")
            .definedBy(ROOT + "wiring..")
            .whereLayer("http")
            .mayNotAccessAnyLayer()
            .whereLayer("policy")
            .mayOnlyAccessLayers("http")
            .whereLayer("route")
            .mayOnlyAccessLayers("policy", "http")
            .whereLayer("purge")
            .mayOnlyAccessLayers("policy", "http")
            .whereLayer("store")
            .mayOnlyAccessLayers("policy", "purge", "http")
            .whereLayer("coalesce")
            .mayOnlyAccessLayers("http")
            .whereLayer("redis")
            .mayOnlyAccessLayers("store", "purge", "coalesce", "policy", "http")
            .whereLayer("tunnel")
            .mayNotAccessAnyLayer()
            .whereLayer("origin")
            .mayOnlyAccessLayers("tunnel", "http")
            .whereLayer("encode")
            .mayOnlyAccessLayers("policy", "http")
            .whereLayer("observe")
            .mayOnlyAccessLayers("http")
            .whereLayer("flow")
            .mayOnlyAccessLayers(
                    "route", "policy", "store", "purge", "coalesce", "origin", "tunnel", "encode", "observe", "http")
            .whereLayer("edge")
            .mayOnlyAccessLayers("flow", "tunnel", "observe", "http")
            .whereLayer("admin")
            .mayOnlyAccessLayers("route", "policy", "store", "purge", "coalesce", "observe", "http");

    @ArchTest
    static final ArchRule policyAndHttpKnowNoFramework = noClasses()
            .that()
            .resideInAnyPackage(ROOT + "policy..", ROOT + "http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework..", "reactor..", "io.netty..", "org.slf4j..", "org.reactivestreams..")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.time.Clock");

    @ArchTest
    static final ArchRule caffeineLivesInStore = onlyIn("com.github.benmanes.caffeine..", "store");

    @ArchTest
    static final ArchRule lettuceLivesInRedis = onlyIn("io.lettuce..", "redis");

    @ArchTest
    static final ArchRule resilience4jLivesInOrigin = onlyIn("io.github.resilience4j..", "origin");

    @ArchTest
    static final ArchRule brotliLivesInEncode = onlyIn("com.aayushatharva.brotli4j..", "encode");

    @ArchTest
    static final ArchRule nettyLivesInEdgeAndOrigin = onlyIn("io.netty..", "edge", "origin", "tunnel", "redis");

    @ArchTest
    static final ArchRule springLivesAtTheRim = onlyIn("org.springframework..", "edge", "admin", "wiring", "route");

    @ArchTest
    static final ArchRule routeUsesOnlySpringsPathPatterns = noClasses()
            .that()
            .resideInAPackage(ROOT + "route..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework.boot..",
                    "org.springframework.context..",
                    "org.springframework.web.reactive..");

    private static ArchRule onlyIn(String library, String... homes) {
        String[] packages = new String[homes.length];
        for (int i = 0; i < homes.length; i++) {
            packages[i] = ROOT + homes[i] + "..";
        }
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }
}
