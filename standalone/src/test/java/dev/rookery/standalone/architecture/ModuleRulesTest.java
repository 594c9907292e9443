package dev.rookery.standalone.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.Arrays;
import java.util.List;
import org.springframework.transaction.annotation.Transactional;

/** Which module may know which. */
@AnalyzeClasses(packages = "dev.rookery", importOptions = DoNotIncludeTests.class)
class ModuleRulesTest {
    private static final String CONTROL_PLANE = "dev.rookery.controlplane..";
    private static final String GATEWAY = "dev.rookery.gateway..";
    private static final String INGEST = "dev.rookery.ingest..";
    private static final String STANDALONE = "dev.rookery.standalone..";
    private static final String MIGRATE = "dev.rookery.db..";
    private static final String ENGINES = "dev.rookery.engines..";
    private static final List<String> SERVICES = List.of(CONTROL_PLANE, GATEWAY, INGEST, MIGRATE);
    private static final String[] LIBRARIES = {
        "dev.rookery.access..",
        "dev.rookery.catalog..",
        "dev.rookery.clickhouse..",
        "dev.rookery.datafile..",
        "dev.rookery.limits..",
        "dev.rookery.sql..",
        "dev.rookery.template..",
    };

    @ArchTest
    static final ArchRule servicesDoNotKnowEachOther = CompositeArchRule.of(
            SERVICES.stream().map(ModuleRulesTest::knowsNoOtherService).toList());

    private static ArchRule knowsNoOtherService(String service) {
        String[] others =
                SERVICES.stream().filter(other -> !other.equals(service)).toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(service)
                .should()
                .dependOnClassesThat(resideInAnyPackage(others))
                .as(service + " depends on no other service");
    }

    @ArchTest
    static final ArchRule nobodyKnowsStandalone = noClasses()
            .that()
            .resideOutsideOfPackage(STANDALONE)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(STANDALONE);

    @ArchTest
    static final ArchRule onlyStandaloneKnowsEngines = noClasses()
            .that()
            .resideOutsideOfPackages(STANDALONE, ENGINES)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ENGINES)
            .as("Services reach engines by address; the embedded ones are standalone's and the tests'");

    @ArchTest
    static final ArchRule enginesKnowNoService = noClasses()
            .that()
            .resideInAPackage(ENGINES)
            .should()
            .dependOnClassesThat(resideInAnyPackage(concat(SERVICES, LIBRARIES)));

    @ArchTest
    static final ArchRule librariesKnowNoService = noClasses()
            .that()
            .resideInAnyPackage(LIBRARIES)
            .should()
            .dependOnClassesThat(resideInAnyPackage(SERVICES.toArray(String[]::new)));

    @ArchTest
    static final ArchRule datafileIsPure = pure("dev.rookery.datafile..", "org.yaml.snakeyaml..");

    @ArchTest
    static final ArchRule templateIsPure = pure("dev.rookery.template..");

    @ArchTest
    static final ArchRule sqlIsPure = pure("dev.rookery.sql..");

    /** Text in, values out: only the JDK's language, collections and time, and nullness annotations. */
    private static ArchRule pure(String library, String... alsoAllowed) {
        return classes()
                .that()
                .resideInAPackage(library)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                                library,
                                "java.lang..",
                                "java.util..",
                                "java.io",
                                "java.math..",
                                "java.text..",
                                "java.time..",
                                "java.nio",
                                "java.nio.charset..",
                                "java.nio.file..",
                                "java.security..",
                                "org.jspecify..",
                                "com.google.errorprone.annotations..")
                        .or(resideInAnyPackage(alsoAllowed)))
                .as(library + " knows no Spring, no database, no network and no other library");
    }

    /** A transaction's bounds are to be read in the code of the hot paths, and a proxy costs what they are measured by. */
    @ArchTest
    static final ArchRule hotPathsSayTheirTransactions = methods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(GATEWAY, INGEST)
            .should()
            .notBeAnnotatedWith(Transactional.class)
            .andShould()
            .beDeclaredInClassesThat()
            .areNotAnnotatedWith(Transactional.class);

    private static String[] concat(List<String> some, String[] others) {
        String[] all = Arrays.copyOf(others, others.length + some.size());
        for (int i = 0; i < some.size(); i++) {
            all[others.length + i] = some.get(i);
        }
        return all;
    }
}
