package dev.rookery.sql;

enum AliasMode {
    NONE,
    WITH_AS,
    ANY
}
