package io.idempotency.campaign.node;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What the client gets.
 *
 * @param execution which execution answers
 * @param principal whose payment it is
 * @param request what was asked for
 * @param declined whether the business said no
 * @param again whether the client is to try again
 */
record Receipt(
        String execution,
        String principal,
        String request,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean declined,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean again) {}
