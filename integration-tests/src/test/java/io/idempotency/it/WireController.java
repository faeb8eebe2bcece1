package io.idempotency.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.RestController;

/** A controller of {@link WireApp}; the component scan of another application in this package leaves it out. */
@RestController
@Profile(WireController.PROFILE)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface WireController {

    String PROFILE = "wire";
}
