/** What {@code Pulumi.<stack>.yaml} may say: typed records, one reader, every problem in one message. */
package com.freshtrack.infra.config;
