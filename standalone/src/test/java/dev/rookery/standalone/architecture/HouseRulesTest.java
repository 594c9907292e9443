package dev.rookery.standalone.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rules of the house that hold for every class, whatever its module. */
@AnalyzeClasses(packages = "dev.rookery", importOptions = DoNotIncludeTests.class)
class HouseRulesTest {
    @ArchTest
    static final ArchRule constructorsOnly = noFields()
            .should()
            .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
            .orShould()
            .beAnnotatedWith("org.springframework.beans.factory.annotation.Value")
            .orShould()
            .beAnnotatedWith("jakarta.inject.Inject")
            .orShould()
            .beAnnotatedWith("jakarta.annotation.Resource")
            .as("No field injection");

    @ArchTest
    static final ArchRule javaTimeOnly = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo("java.util.Date")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo("java.util.Calendar")
            .as("java.time, not Date and Calendar");

    /** Those may that speak to a person or to the process above: mains, the console, the demo, what runs an engine. */
    @ArchTest
    static final ArchRule noPrinting = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Main")
            .and()
            .doNotHaveSimpleName("Console")
            .and()
            .resideOutsideOfPackages("dev.rookery.standalone.demo..", "dev.rookery.engines..")
            .should(ACCESS_STANDARD_STREAMS)
            .as("Logs, not System.out");

    @ArchTest
    static final ArchRule noSleep = noClasses()
            .should()
            .callMethodWhere(target(owner(assignableTo(Thread.class))).and(target(name("sleep"))))
            .orShould()
            .callMethodWhere(target(owner(nameMatching("java\\.util\\.concurrent\\.TimeUnit")))
                    .and(target(name("sleep"))))
            .as("No sleeping: await a condition, a lock or a deadline");

    @ArchTest
    static final ArchRule namesTellTheRole = classes()
            .should()
            .haveNameNotMatching(".*\\.[^.]*(?:Utils?|Impl|Helper)$")
            .andShould()
            .haveNameNotMatching(".*\\.(?:Abstract|Base)[A-Z][^.]*$")
            .as("Names tell the role: no Utils, Impl, Helper, Abstract or Base");

    @ArchTest
    static final ArchRule nothingReactive = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("reactor..")
                    .or(resideInAPackage("org.reactivestreams.."))
                    .or(resideInAPackage("io.reactivex.."))
                    .or(resideInAPackage("org.springframework.web.reactive..")))
            .as("Blocking code on virtual threads: nothing reactive");

    @ArchTest
    static final ArchRule noLombok = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("lombok..")
            .as("Records, not Lombok");

    /** Modules are the first packages below the root; features are those below a module. */
    @ArchTest
    static final ArchRule noCyclesBetweenModules =
            slices().matching("dev.rookery.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noCyclesBetweenFeatures = slices().matching("dev.rookery.(*).(**)")
            .namingSlices("$1.$2")
            .should()
            .beFreeOfCycles();
}
