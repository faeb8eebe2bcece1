package io.idempotency.autoconfigure;

import io.idempotency.ResultMapper;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Where an application has no JSON mapper, or cannot say which, results cannot be recorded; everything else works. */
final class NoResultMapper implements ResultMapper {

    private static final String MESSAGE =
            "There is no JSON mapper to record a result with, or there are several and none is primary: have one JsonMapper"
                    + " (Jackson 3) or ObjectMapper (Jackson 2) bean, which spring-boot-starter-json brings along, or a"
                    + " ResultMapper bean of your own.";

    @Override
    public byte[] write(@Nullable Object result) {
        throw new IllegalStateException(MESSAGE);
    }

    @Override
    public @Nullable Object read(byte[] json, Type type) {
        throw new IllegalStateException(MESSAGE);
    }
}
