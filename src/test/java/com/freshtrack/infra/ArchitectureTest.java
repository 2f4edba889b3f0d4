package com.freshtrack.infra;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.aws.AwsFargateStack;
import com.freshtrack.infra.aws.Ec2Stack;
import com.freshtrack.infra.digitalocean.AppPlatformStack;
import com.freshtrack.infra.digitalocean.DropletStack;
import com.freshtrack.infra.pooling.PoolSizing;
import com.pulumi.Config;
import com.pulumi.Context;
import com.pulumi.resources.ComponentResource;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The arrows of docs/architecture.md. */
@Tag("unit")
class ArchitectureTest {
    private static final String ROOT = "com.freshtrack.infra.";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("com.freshtrack.infra");

    @Test
    void theRulesLookAtTheProgram() {
        assertThat(CLASSES.contain(Main.class)).isTrue();
        assertThat(CLASSES.size()).isGreaterThan(30);
    }

    @Test
    void whatRunsAndHowItIsSizedKnowsNothingOfPulumi() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + "compose..", ROOT + "services..", ROOT + "config..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.pulumi..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(ROOT + "pooling..")
                .and(DescribedPredicate.not(isOrIsNestedIn(PoolSizing.class)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.pulumi..")
                .check(CLASSES);
    }

    /** From the one that knows nothing of the others to the targets, which know all before them. */
    @Test
    void arrowsPointOneWay() {
        var order = List.of(
                "stack",
                "pooling",
                "config",
                "services",
                "compose",
                "vm",
                "secrets",
                "selfhosted",
                "digitalocean",
                "aws");
        for (var position = 0; position < order.size() - 1; position++) {
            var later = order.subList(position + 1, order.size()).stream()
                    .map(name -> ROOT + name + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + order.get(position) + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(later)
                    .check(CLASSES);
        }
        noClasses()
                .that()
                .resideInAnyPackage(
                        order.stream().map(name -> ROOT + name + "..").toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Main.class)
                .check(CLASSES);
    }

    @Test
    void targetsKnowNothingOfEachOther() {
        var targets = List.of("selfhosted", "digitalocean", "aws");
        for (var target : targets) {
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + target + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(targets.stream()
                            .filter(other -> !other.equals(target))
                            .map(other -> ROOT + other + "..")
                            .toArray(String[]::new))
                    .check(CLASSES);
        }
    }

    /** Two targets of one cloud share what it sells, and nothing of each other. */
    @Test
    void targetsOfOneCloudKnowNothingOfEachOther() {
        var targets = List.of(AppPlatformStack.class, AwsFargateStack.class, DropletStack.class, Ec2Stack.class);
        for (var target : targets) {
            noClasses()
                    .that(isOrIsNestedIn(target))
                    .should()
                    .dependOnClassesThat()
                    .belongToAnyOf(targets.stream()
                            .filter(other -> !other.equals(target))
                            .toArray(Class<?>[]::new))
                    .check(CLASSES);
        }
    }

    @Test
    void onlyMainSeesTheEnginesContext() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(Main.class)
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Context.class, Config.class)
                .check(CLASSES);
    }

    /** All else that runs with them is a test. */
    @Test
    void theProgramRunsWithItsOptions() {
        assertThat(CLASSES.get(Main.class).getMethod("main", String[].class).getFieldAccesses())
                .extracting(access -> access.getTarget().getName())
                .contains("OPTIONS");
    }

    @Test
    void componentsAreFinalAndNameTheirType() {
        classes()
                .that()
                .areAssignableTo(ComponentResource.class)
                .should()
                .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL)
                .check(CLASSES);
        assertThat(CLASSES.stream()
                        .filter(type -> type.isAssignableTo(ComponentResource.class))
                        .map(type -> type.getField("TYPE").getName()))
                .isNotEmpty();
    }

    @Test
    void noClassIsNamedAfterNothing() {
        var hollow = List.of("Util", "Utils", "Helper", "Manager", "Impl", "Base");
        assertThat(CLASSES.stream().map(JavaClass::getSimpleName))
                .noneMatch(name -> hollow.stream().anyMatch(name::endsWith));
    }

    private static DescribedPredicate<JavaClass> isOrIsNestedIn(Class<?> type) {
        return DescribedPredicate.describe(
                "are " + type.getSimpleName(), candidate -> candidate.getName().startsWith(type.getName()));
    }
}
