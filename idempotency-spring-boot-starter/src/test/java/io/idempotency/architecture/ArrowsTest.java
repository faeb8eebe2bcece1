package io.idempotency.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which package may know which. */
@Timeout(60)
class ArrowsTest {

    private static final String ROOT = "io.idempotency";
    private static final String CORE = "io.idempotency.core..";
    private static final String JDBC = "io.idempotency.jdbc..";
    private static final String SERVLET = "io.idempotency.servlet..";
    private static final String METRICS = "io.idempotency.metrics..";
    private static final String AUTOCONFIGURE = "io.idempotency.autoconfigure..";
    private static final String JDK = "java..";
    private static final String NULLNESS = "org.jspecify..";

    private static final JavaClasses LIBRARY = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void coreKnowsTheJdkAlone() {
        classes()
                .that()
                .resideInAPackage(CORE)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(CORE, JDK, NULLNESS)
                .check(LIBRARY);
    }

    @Test
    void coreKnowsNoDatabase() {
        noClasses()
                .that()
                .resideInAPackage(CORE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..")
                .check(LIBRARY);
    }

    @Test
    void storeKnowsCoreAndSpringAndNoHttp() {
        classes()
                .that()
                .resideInAPackage(JDBC)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        JDBC,
                        CORE,
                        JDK,
                        NULLNESS,
                        "org.springframework.dao..",
                        "org.springframework.jdbc..",
                        "org.springframework.transaction..")
                .check(LIBRARY);
    }

    @Test
    void whatUsersWriteKnowsTheCoreAndNothingOfWhatServesIt() {
        noClasses()
                .that()
                .resideInAPackage(ROOT)
                .should()
                .dependOnClassesThat(resideInAPackage("io.idempotency..").and(not(resideInAnyPackage(ROOT, CORE))))
                .check(LIBRARY);
    }

    @Test
    void servletKnowsNoSqlAndNoBoot() {
        noClasses()
                .that()
                .resideInAPackage(SERVLET)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.sql..",
                        "javax.sql..",
                        "org.springframework.jdbc..",
                        "org.springframework.boot..",
                        "io.micrometer..",
                        JDBC,
                        METRICS)
                .check(LIBRARY);
    }

    @Test
    void metricsListenToTheCoreAlone() {
        classes()
                .that()
                .resideInAPackage(METRICS)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(METRICS, CORE, JDK, NULLNESS, "io.micrometer..")
                .check(LIBRARY);
    }

    @Test
    void nobodyKnowsTheAutoConfiguration() {
        noClasses()
                .that(not(resideInAPackage(AUTOCONFIGURE)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(AUTOCONFIGURE)
                .check(LIBRARY);
    }

    @Test
    void autoConfigurationPutsTogetherAndHasNoOtherHelpers() {
        noClasses()
                .that()
                .resideInAPackage(AUTOCONFIGURE)
                .should()
                .dependOnClassesThat(resideInAPackage("io.idempotency..")
                        .and(not(resideInAnyPackage(ROOT, AUTOCONFIGURE, SERVLET, METRICS, JDBC, CORE))))
                .check(LIBRARY);
    }

    @Test
    void packagesFormNoCycle() {
        SlicesRuleDefinition.slices()
                .matching("io.idempotency.(*)..")
                .should()
                .beFreeOfCycles()
                .check(LIBRARY);
    }
}
