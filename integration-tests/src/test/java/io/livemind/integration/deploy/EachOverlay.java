package io.livemind.integration.deploy;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A test of everything that can be applied; it gets the folder below {@link Manifests#K8S}. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest
@ValueSource(
    strings = {"overlays/local", "overlays/production", "overlays/gpu", "overlays/example"})
@interface EachOverlay {}
