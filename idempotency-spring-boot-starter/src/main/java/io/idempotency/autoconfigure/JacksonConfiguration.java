package io.idempotency.autoconfigure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.idempotency.ResultMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Results of steps and templates go through the application's own JSON mapper: Jackson 3 if it has one, else Jackson 2. */
final class JacksonConfiguration {

    private JacksonConfiguration() {}

    /** Jackson 3. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(JsonMapper.class)
    @ConditionalOnSingleCandidate(JsonMapper.class)
    @ConditionalOnMissingBean(ResultMapper.class)
    static class Jackson3 {

        @Bean
        ResultMapper idempotencyResultMapper(JsonMapper mapper) {
            return new Jackson3Results(mapper);
        }
    }

    /** Jackson 2. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ObjectMapper.class)
    @ConditionalOnSingleCandidate(ObjectMapper.class)
    @ConditionalOnMissingBean(ResultMapper.class)
    static class Jackson2 {

        @Bean
        ResultMapper idempotencyResultMapper(ObjectMapper mapper) {
            return new Jackson2Results(mapper);
        }
    }

    private record Jackson3Results(JsonMapper mapper) implements ResultMapper {

        @Override
        public byte[] write(@Nullable Object result) {
            return mapper.writeValueAsBytes(result);
        }

        @Override
        public @Nullable Object read(byte[] json, Type type) {
            return mapper.readValue(json, mapper.constructType(type));
        }
    }

    private record Jackson2Results(ObjectMapper mapper) implements ResultMapper {

        @Override
        public byte[] write(@Nullable Object result) {
            try {
                return mapper.writeValueAsBytes(result);
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public @Nullable Object read(byte[] json, Type type) {
            try {
                return mapper.readValue(json, mapper.constructType(type));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
