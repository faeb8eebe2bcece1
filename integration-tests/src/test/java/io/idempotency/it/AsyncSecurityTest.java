package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.idempotency.Idempotent;
import io.idempotency.core.ExecutionMode;
import jakarta.servlet.DispatcherType;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.provisioning.UserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/** G5 and K5 for answers that come later: the dispatch that brings them is authenticated as the request was, and so is each replay. */
@Timeout(120)
class AsyncSecurityTest {

    private static RunningApp app;

    @BeforeAll
    static void start() {
        app = RunningApp.start(App.class);
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/callable", "/deferred", "/future"})
    void answerThatComesLaterIsSentAndItsReplayIsAuthorizedAgain(String path) {
        String key = RunningApp.newKey();
        String user = "user-" + UUID.randomUUID();
        app.bean(UserDetailsManager.class).createUser(details(user, "CLERK"));
        HttpResponse<String> first = post(path, key, user);
        HttpResponse<String> replay = post(path, key, user);
        app.bean(UserDetailsManager.class).updateUser(details(user));
        HttpResponse<String> denied = post(path, key, user);
        HttpResponse<String> anonymous = app.post(path, key, "{}");

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).startsWith("for " + user);
        assertThat(first.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(replay.headers().firstValue(RunningApp.REPLAYED)).contains("true");
        assertThat(replay.body()).isEqualTo(first.body());
        assertThat(denied.statusCode()).isEqualTo(403);
        assertThat(anonymous.statusCode()).isEqualTo(401);
        assertThat(denied.body() + anonymous.body()).doesNotContain(first.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/callable", "/deferred", "/future"})
    void deniedRequestIsExecutedOnceItIsAllowed(String path) {
        String key = RunningApp.newKey();
        String user = "user-" + UUID.randomUUID();
        app.bean(UserDetailsManager.class).createUser(details(user));
        HttpResponse<String> denied = post(path, key, user);
        app.bean(UserDetailsManager.class).updateUser(details(user, "CLERK"));

        assertThat(denied.statusCode()).isEqualTo(403);
        assertThat(post(path, key, user).statusCode()).isEqualTo(200);
    }

    private static HttpResponse<String> post(String path, String key, String user) {
        String credentials = Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8));
        return app.post(path, key, "{}", "Authorization", "Basic " + credentials);
    }

    private static UserDetails details(String name, String... roles) {
        return User.withUsername(name).password("{noop}secret").roles(roles).build();
    }

    @EnableAutoConfiguration
    @EnableMethodSecurity
    @Import(Controller.class)
    static class App {

        @Bean
        UserDetailsManager users() {
            return new InMemoryUserDetailsManager();
        }

        @Bean
        SecurityFilterChain security(HttpSecurity http) throws Exception {
            return http.httpBasic(Customizer.withDefaults())
                    .csrf(csrf -> csrf.disable())
                    .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                            .permitAll()
                            .anyRequest()
                            .authenticated())
                    .build();
        }
    }

    @RestController
    @PreAuthorize("hasRole('CLERK')")
    @Idempotent(mode = ExecutionMode.LEASED)
    static class Controller {

        private final AtomicInteger executions = new AtomicInteger();

        /** Spring Security hands its context over to the thread of a Callable, and of nothing else. */
        @PostMapping("/callable")
        Callable<String> callable() {
            return () -> answer(SecurityContextHolder.getContext().getAuthentication());
        }

        @PostMapping("/deferred")
        DeferredResult<String> deferred(Principal caller) {
            DeferredResult<String> result = new DeferredResult<>();
            new Thread(() -> result.setResult(answer(caller))).start();
            return result;
        }

        @PostMapping("/future")
        CompletableFuture<String> future(Principal caller) {
            return CompletableFuture.supplyAsync(() -> answer(caller));
        }

        private String answer(Principal caller) {
            return "for " + caller.getName() + " " + executions.incrementAndGet();
        }
    }
}
