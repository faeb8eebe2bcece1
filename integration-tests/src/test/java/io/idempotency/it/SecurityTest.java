package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.idempotency.Idempotent;
import io.idempotency.KeyScopeResolver;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.DispatcherType;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.annotation.Secured;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.provisioning.UserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** K5 and G5: whose key it is, and who may have a replay. */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class SecurityTest {

    private static final String BODY = "{\"amount\": 5}";

    private static RunningApp app;
    private static String startLog;

    @BeforeAll
    static void start(CapturedOutput output) {
        app = RunningApp.start(App.class);
        startLog = output.getAll();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void sameKeyOfTwoPrincipalsIsTwoExecutions() {
        String key = RunningApp.newKey();
        String alice = newUser();
        String bob = newUser();

        HttpResponse<String> ofAlice = post("/payments", key, alice);
        HttpResponse<String> ofBob = post("/payments", key, bob);
        HttpResponse<String> againOfAlice = post("/payments", key, alice);

        assertThat(ofAlice.body()).startsWith(alice);
        assertThat(ofBob.body()).startsWith(bob).doesNotContain(alice);
        assertThat(ofBob.headers().firstValue(RunningApp.REPLAYED)).isEmpty();
        assertReplay(againOfAlice, ofAlice);
    }

    @Test
    void otherBodyUnderTheKeyOfAnotherPrincipalIsNoReuse() {
        String key = RunningApp.newKey();
        post("/payments", key, newUser());

        HttpResponse<String> other = app.post("/payments", key, "{\"amount\": 6}", "Authorization", basic(newUser()));

        assertThat(other.statusCode()).isEqualTo(200);
    }

    @Test
    void callerWithoutCredentialsGetsNoStoredByte() {
        String key = RunningApp.newKey();
        HttpResponse<String> first = post("/payments", key, newUser());

        HttpResponse<String> anonymous = app.post("/payments", key, BODY);

        assertThat(anonymous.statusCode()).isEqualTo(401);
        assertThat(anonymous.body()).doesNotContain(first.body());
        assertThat(anonymous.headers().firstValue(RunningApp.REPLAYED)).isEmpty();
    }

    @Test
    void callerWithWrongPasswordGetsNoStoredByte() {
        String key = RunningApp.newKey();
        String user = newUser();
        HttpResponse<String> first = post("/payments", key, user);

        HttpResponse<String> stranger = app.post("/payments", key, BODY, "Authorization", basic(user, "guessed"));

        assertThat(stranger.statusCode()).isEqualTo(401);
        assertThat(stranger.body()).doesNotContain(first.body());
    }

    @Test
    void anonymousCallerOfPermittedEndpointIsRefused() {
        int before = Controller.EXECUTIONS.get();

        HttpResponse<String> refused = app.post("/open", RunningApp.newKey(), BODY);

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("\"code\":\"anonymous\"");
        assertThat(Controller.EXECUTIONS).hasValue(before);
        assertThat(app.bean(MeterRegistry.class)
                        .get("idempotency.requests")
                        .tags("outcome", "anonymous", "uri", "/open")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void anonymousCallersShareScopeWhereSaid() {
        try (RunningApp open = RunningApp.start(App.class, "idempotency.scope.anonymous=allow")) {
            String key = RunningApp.newKey();
            HttpResponse<String> first = open.post("/open", key, BODY);
            String user = newUser(open);
            HttpResponse<String> known = open.post("/open", key, BODY, "Authorization", basic(user));

            assertThat(first.statusCode()).isEqualTo(200);
            assertReplay(open.post("/open", key, BODY), first);
            assertThat(known.body()).startsWith(user);
        }
    }

    @Test
    void tenantIsPartOfTheScope() {
        String key = RunningApp.newKey();
        String user = newUser();
        HttpResponse<String> ofOne = inTenant("one", key, user);
        HttpResponse<String> ofTwo = inTenant("two", key, user);
        HttpResponse<String> ofNone = post("/payments", key, user);

        assertThat(ofTwo.headers().firstValue(RunningApp.REPLAYED)).isEmpty();
        assertThat(ofNone.headers().firstValue(RunningApp.REPLAYED)).isEmpty();
        assertThat(ofTwo.body()).isNotEqualTo(ofOne.body());
        assertReplay(inTenant("one", key, user), ofOne);
    }

    @Test
    void keyOfAnotherPathIsReused() {
        String key = RunningApp.newKey();
        String user = newUser();
        post("/payments", key, user);

        HttpResponse<String> elsewhere = post("/open", key, user);

        assertThat(elsewhere.statusCode()).isEqualTo(422);
        assertThat(elsewhere.body()).contains("\"code\":\"key-reused\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/url", "/pre-authorize", "/secured", "/roles-allowed", "/whole-class"})
    void authorizationIsAskedAgainBeforeReplay(String path) {
        String key = RunningApp.newKey();
        String user = newUser("CLERK");
        HttpResponse<String> first = post(path, key, user);
        HttpResponse<String> allowed = post(path, key, user);
        revokeRoles(user);
        HttpResponse<String> denied = post(path, key, user);

        assertThat(first.statusCode()).isEqualTo(200);
        assertReplay(allowed, first);
        assertThat(denied.statusCode()).isEqualTo(403);
        assertThat(denied.body()).doesNotContain(first.body());
        assertThat(denied.headers().firstValue(RunningApp.REPLAYED)).isEmpty();
    }

    @Test
    void replayFromMemoryIsDeniedAsOneFromTheDatabase() {
        String key = RunningApp.newKey();
        String user = newUser("CLERK");
        HttpResponse<String> first = post("/pre-authorize", key, user);
        long claims = claims();
        assertReplay(post("/pre-authorize", key, user), first);
        HttpResponse<String> stranger = app.post("/pre-authorize", key, BODY, "Authorization", basic(user, "guessed"));
        revokeRoles(user);
        HttpResponse<String> denied = post("/pre-authorize", key, user);

        assertThat(claims()).isEqualTo(claims);
        assertThat(stranger.statusCode()).isEqualTo(401);
        assertThat(denied.statusCode()).isEqualTo(403);
        assertThat(denied.body() + stranger.body()).doesNotContain(first.body());
        assertThat(post("/pre-authorize", key, newUser()).statusCode()).isEqualTo(403);
        HttpResponse<String> ofColleague = post("/pre-authorize", key, newUser("CLERK"));
        assertThat(ofColleague.headers().firstValue(RunningApp.REPLAYED)).isEmpty();
        assertThat(ofColleague.body()).doesNotContain(user);
    }

    @Test
    void replayFromTheDatabaseIsDenied() {
        try (RunningApp forgetful = RunningApp.start(App.class, RunningApp.WITHOUT_RECENT_COMPLETIONS)) {
            String key = RunningApp.newKey();
            String user = newUser(forgetful, "CLERK");
            HttpResponse<String> first = forgetful.post("/pre-authorize", key, BODY, "Authorization", basic(user));
            forgetful.bean(UserDetailsManager.class).updateUser(details(user));
            HttpResponse<String> denied = forgetful.post("/pre-authorize", key, BODY, "Authorization", basic(user));

            assertThat(first.statusCode()).isEqualTo(200);
            assertThat(denied.statusCode()).isEqualTo(403);
            assertThat(denied.body()).doesNotContain(first.body());
        }
    }

    private static long claims() {
        return app.bean(MeterRegistry.class)
                .get("idempotency.store")
                .tag("operation", "claim")
                .timer()
                .count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/url", "/pre-authorize", "/secured", "/roles-allowed", "/whole-class"})
    void deniedRequestIsNotKept(String path) {
        String key = RunningApp.newKey();
        String user = newUser();

        HttpResponse<String> denied = post(path, key, user);
        app.bean(UserDetailsManager.class).updateUser(details(user, "CLERK"));
        HttpResponse<String> allowed = post(path, key, user);

        assertThat(denied.statusCode()).isEqualTo(403);
        assertThat(allowed.statusCode()).isEqualTo(200);
        assertThat(allowed.headers().firstValue(RunningApp.REPLAYED)).isEmpty();
    }

    @Test
    void ruleOverArgumentsIsNotAskedAgainAndSaysSoAtStart() {
        String key = RunningApp.newKey();
        String user = newUser("CLERK");
        HttpResponse<String> first = post("/by-argument", key, user);
        revokeRoles(user);

        assertThat(first.statusCode()).isEqualTo(200);
        assertReplay(post("/by-argument", key, user), first);
        assertThat(startLog)
                .contains("@PreAuthorize of")
                .contains("byArgument")
                .contains("is not asked before a replay");
        assertThat(startLog).doesNotContain("@PreAuthorize of " + Controller.class.getName() + "#preAuthorize");
    }

    @Test
    void formReadByTheCsrfFilterReachesTheHandlerAndIsCompared() {
        String key = RunningApp.newKey();
        String user = newUser();
        HttpResponse<String> first = form(key, user, "amount=5&note=a+%C3%A9", "5");
        HttpResponse<String> other = form(key, user, "amount=6&note=a+%C3%A9", "6");

        assertThat(first.body()).isEqualTo("5 a é");
        assertThat(other.statusCode()).isEqualTo(422);
        assertReplay(form(key, user, "note=a%20%C3%A9&amount=5", "5"), first);
    }

    @Test
    void formWithoutItsTokenIsRefusedBeforeAnyReplay() {
        String key = RunningApp.newKey();
        String user = newUser();
        form(key, user, "amount=5&note=a", "5");

        HttpResponse<String> forged = app.send(app.request("/form")
                .header("Authorization", basic(user))
                .header(RunningApp.KEY, key)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("amount=5&note=a"))
                .build());

        assertThat(forged.statusCode()).isEqualTo(403);
        assertThat(forged.headers().firstValue(RunningApp.REPLAYED)).isEmpty();
    }

    private static HttpResponse<String> form(String key, String user, String parameters, String token) {
        return app.send(app.request("/form")
                .header("Authorization", basic(user))
                .header("Cookie", "XSRF-TOKEN=" + token)
                .header(RunningApp.KEY, key)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(parameters + "&_csrf=" + token))
                .build());
    }

    private static void assertReplay(HttpResponse<String> answer, HttpResponse<String> first) {
        assertThat(answer.statusCode()).isEqualTo(first.statusCode());
        assertThat(answer.body()).isEqualTo(first.body());
        assertThat(answer.headers().firstValue(RunningApp.REPLAYED)).contains("true");
    }

    private static HttpResponse<String> post(String path, String key, String user) {
        return app.post(path, key, BODY, "Authorization", basic(user));
    }

    private static HttpResponse<String> inTenant(String tenant, String key, String user) {
        return app.post("/payments", key, BODY, "Authorization", basic(user), "X-Tenant", tenant);
    }

    private static String newUser(String... roles) {
        return newUser(app, roles);
    }

    private static String newUser(RunningApp app, String... roles) {
        String name = "user-" + UUID.randomUUID();
        app.bean(UserDetailsManager.class).createUser(details(name, roles));
        return name;
    }

    private static void revokeRoles(String user) {
        app.bean(UserDetailsManager.class).updateUser(details(user));
    }

    private static UserDetails details(String name, String... roles) {
        return User.withUsername(name).password("{noop}secret").roles(roles).build();
    }

    private static String basic(String user) {
        return basic(user, "secret");
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @EnableAutoConfiguration
    @EnableMethodSecurity(securedEnabled = true, jsr250Enabled = true)
    @Import({Controller.class, ControllerOfClerks.class})
    static class App {

        @Bean
        UserDetailsManager users() {
            return new InMemoryUserDetailsManager();
        }

        @Bean
        KeyScopeResolver tenants() {
            return request -> request.getHeader("X-Tenant");
        }

        @Bean
        SecurityFilterChain security(HttpSecurity http) throws Exception {
            return http.httpBasic(Customizer.withDefaults())
                    .csrf(csrf -> csrf.requireCsrfProtectionMatcher(
                                    request -> request.getRequestURI().equals("/form"))
                            .csrfTokenRepository(new CookieCsrfTokenRepository())
                            .csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler()))
                    .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                            .permitAll()
                            .requestMatchers("/open")
                            .permitAll()
                            .requestMatchers("/url")
                            .hasRole("CLERK")
                            .anyRequest()
                            .authenticated())
                    .build();
        }
    }

    @RestController
    static class Controller {

        static final AtomicInteger EXECUTIONS = new AtomicInteger();

        private static String executedFor(Principal caller) {
            return (caller == null ? "nobody" : caller.getName()) + " " + EXECUTIONS.incrementAndGet();
        }

        @PostMapping({"/payments", "/open", "/url"})
        @Idempotent
        String pay(Principal caller) {
            return executedFor(caller);
        }

        @PostMapping("/pre-authorize")
        @Idempotent
        @PreAuthorize("hasRole('CLERK')")
        String preAuthorize(Principal caller) {
            return executedFor(caller);
        }

        @PostMapping("/secured")
        @Idempotent
        @Secured("ROLE_CLERK")
        String secured(Principal caller) {
            return executedFor(caller);
        }

        @PostMapping("/roles-allowed")
        @Idempotent
        @RolesAllowed("CLERK")
        String rolesAllowed(Principal caller) {
            return executedFor(caller);
        }

        @PostMapping("/by-argument")
        @Idempotent
        @PreAuthorize("#body['amount'] == 5 and hasRole('CLERK')")
        String byArgument(@RequestBody Map<String, Object> body, Principal caller) {
            return executedFor(caller);
        }

        @PostMapping("/form")
        @Idempotent
        String form(@RequestParam int amount, @RequestParam String note) {
            return amount + " " + note;
        }
    }

    @RestController
    @PreAuthorize("hasRole('CLERK')")
    @Idempotent
    static class ControllerOfClerks {

        @PostMapping("/whole-class")
        String pay(Principal caller) {
            return Controller.executedFor(caller);
        }
    }
}
