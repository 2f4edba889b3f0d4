package com.freshtrack.infra.stack;

import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import java.util.List;

/**
 * What the parts of a stack hang their resources on.
 *
 * @param component the component that all of them descend from
 * @param name its name, with which the names of all of them begin
 */
public record Parent(Resource component, String name) {
    /** A name within the stack. */
    public String child(String suffix) {
        return name + "-" + suffix;
    }

    /** Options of a component within the component. */
    public ComponentResourceOptions componentOptions() {
        return ComponentResourceOptions.builder().parent(component).build();
    }

    public CustomResourceOptions options() {
        return builder().build();
    }

    /** Options of a resource that is made after others. */
    public CustomResourceOptions after(Resource... others) {
        return builder().dependsOn(List.of(others)).build();
    }

    public CustomResourceOptions.Builder builder() {
        return CustomResourceOptions.builder().parent(component);
    }
}
