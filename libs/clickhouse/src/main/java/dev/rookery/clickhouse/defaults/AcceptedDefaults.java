package dev.rookery.clickhouse.defaults;

import dev.rookery.clickhouse.types.ColumnType;
import dev.rookery.datafile.Column;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites DEFAULT and MATERIALIZED expressions so that every attempt to insert a row gives the same: what depends on
 * time or chance is taken from two columns that are inserted and never stored (EPHEMERAL). The acceptor fills them, once
 * per row: {@link #MOMENT} with the moment of acceptance, {@link #SEED} with a random number.
 *
 * <p>Decided are {@code now}, {@code now64}, {@code nowInBlock}, {@code nowInBlock64}, {@code today}, {@code yesterday},
 * {@code generateUUIDv4}, {@code generateUUIDv7}, {@code rand}, {@code rand32}, {@code rand64}, {@code randConstant},
 * {@code randCanonical}, {@code randUniform}, and their aliases. Any other function that ClickHouse calls non-deterministic
 * is an error.
 */
public final class AcceptedDefaults {
    /** A {@code DateTime64(9, 'UTC')}. */
    public static final String MOMENT = "_rookery_moment";

    /** A {@code UInt64}. */
    public static final String SEED = "_rookery_seed";

    /** In lower case. What they give is no function of their arguments, and cannot be decided beforehand. */
    private static final Set<String> REFUSED =
            Set.of(("database fqdn schema arrayrandomsample arrayshuffle arraypartialshuffle authuser authenticateduser"
                            + " blocknumber blocksize blockserializedsize buildid catboostevaluate connectionid"
                            + " connection_id currentdatabase current_database currentprofiles currentqueryid"
                            + " current_query_id currentroles currentschemas current_schemas currentuser current_user"
                            + " defaultprofiles defaultroles displayname enabledprofiles enabledroles file"
                            + " filesystemavailable filesystemcapacity filesystemunreserved fullhostname fuzzbits"
                            + " generaterandomstructure generateserialid generatesnowflakeid generateulid getmacro"
                            + " getmergetreesetting getoskernelversion getserverport getserversetting getsetting"
                            + " getsettingordefault hascolumnintable hostname initialqueryid initial_query_id"
                            + " initialquerystarttime initial_query_start_time joinget joingetornull localtime"
                            + " obfuscatequery queryid query_id randbernoulli randbinomial randchisquared"
                            + " randexponential randfisherf randlognormal randnegativebinomial randnormal randpoisson"
                            + " randstudentt randomfixedstring randomprintableascii randomstring randomstringutf8"
                            + " revision rownumberinallblocks rownumberinblock runningaccumulate runningdifference"
                            + " servertimezone serveruuid session_user shardcount shardnum tcpport timezone transactionid"
                            + " uptime user version zookeepersessionuptime neighbor datetimetouuidv7")
                    .split(" "));

    private static final Pattern PLAIN =
            Pattern.compile("(?:(toDateTime|toDateTime64|toDate|toDate32|toString)\\s*\\(\\s*)?(\\w+)\\s*\\([^()]*\\)"
                    + "\\s*(?:,\\s*\\d\\s*)?\\)?");

    private AcceptedDefaults() {}

    /**
     * The expression as the table should have it; the same text where nothing needs to be decided.
     *
     * @throws IllegalArgumentException naming a function that cannot be decided at acceptance
     */
    public static String rewrite(String expression) {
        StringBuilder text = new StringBuilder();
        int copied = 0;
        for (FunctionCalls.Call call : FunctionCalls.of(expression)) {
            String name = call.name().toLowerCase(Locale.ROOT);
            if (REFUSED.contains(name) || name.startsWith("dictget")) {
                throw new IllegalArgumentException(
                        "The function '%s' gives another value every time and cannot be used in a default; set the column when you send the row"
                                .formatted(call.name()));
            }
            String decided = call.start() < copied ? null : decided(name, call.arguments());
            if (decided != null) {
                text.append(expression, copied, call.start()).append(decided);
                copied = call.end();
            }
        }
        return text.append(expression, copied, expression.length()).toString();
    }

    /** Whether the table of a column with this expression must have the two columns. */
    public static boolean needsColumns(String expression) {
        return !rewrite(expression).equals(expression);
    }

    /**
     * Whether the table computes the column out of the two columns: makers of tables and acceptors of rows both ask this.
     *
     * @throws IllegalArgumentException when its expression cannot be decided at acceptance
     */
    public static boolean isDecidedInTable(Column column) {
        Column.Expression expression = column.expression();
        if (expression == null) {
            return false;
        }
        return switch (expression.kind()) {
            case ALIAS, EPHEMERAL -> false;
            case MATERIALIZED -> needsColumns(expression.sql());
            case DEFAULT ->
                needsColumns(expression.sql())
                        && !isDecidedByEncoder(expression.sql(), ColumnType.parse(column.type()));
        };
    }

    /** The two columns' definitions, to stand between others. Where nobody fills them, they are filled at insert. */
    public static List<String> columns() {
        return List.of(MOMENT + " DateTime64(9, 'UTC') EPHEMERAL now64(9, 'UTC')", SEED + " UInt64 EPHEMERAL rand64()");
    }

    /**
     * Whether the encoder of rows computes a DEFAULT itself: one plain call, into a type that such a value has a plain
     * form in. The table then keeps the expression as it is, and no further columns.
     */
    public static boolean isDecidedByEncoder(String expression, ColumnType type) {
        Matcher plain = PLAIN.matcher(expression.strip());
        if (!plain.matches()) {
            return false;
        }
        return switch (plain.group(2).toLowerCase(Locale.ROOT)) {
            case "now", "now64", "today", "current_timestamp" -> isMoment(type, false);
            case "yesterday" -> isMoment(type, true);
            case "generateuuidv4", "generateuuidv7" -> isUuid(type);
            case "rand", "rand32", "rand64" -> isNumber(type);
            default -> false;
        };
    }

    private static boolean isMoment(ColumnType type, boolean daysOnly) {
        return switch (type) {
            case ColumnType.DateTimeType _ -> !daysOnly;
            case ColumnType.DateTime64Type _ -> !daysOnly;
            case ColumnType.DateType _ -> true;
            case ColumnType.Date32Type _ -> true;
            case ColumnType.NullableType t -> isMoment(t.inner(), daysOnly);
            case ColumnType.LowCardinalityType t -> isMoment(t.inner(), daysOnly);
            case ColumnType.SimpleAggregateFunctionType t -> isMoment(t.type(), daysOnly);
            default -> false;
        };
    }

    private static boolean isUuid(ColumnType type) {
        return switch (type) {
            case ColumnType.UuidType _ -> true;
            case ColumnType.StringType _ -> true;
            case ColumnType.NullableType t -> isUuid(t.inner());
            case ColumnType.LowCardinalityType t -> isUuid(t.inner());
            default -> false;
        };
    }

    private static boolean isNumber(ColumnType type) {
        return switch (type) {
            case ColumnType.IntegerType _ -> true;
            case ColumnType.NullableType t -> isNumber(t.inner());
            case ColumnType.LowCardinalityType t -> isNumber(t.inner());
            default -> false;
        };
    }

    private static @Nullable String decided(String name, String arguments) {
        return switch (name) {
            case "now", "nowinblock", "current_timestamp", "localtimestamp" ->
                "toDateTime(%s%s)".formatted(MOMENT, arguments.isEmpty() ? ", 'UTC'" : ", " + arguments);
            case "utctimestamp", "utc_timestamp" -> "toDateTime(%s, 'UTC')".formatted(MOMENT);
            case "now64", "nowinblock64" ->
                "toDateTime64(%s, %s)".formatted(MOMENT, arguments.isEmpty() ? "3" : arguments);
            case "today", "curdate", "current_date" -> "toDate(%s)".formatted(MOMENT);
            case "yesterday" -> "(toDate(%s) - 1)".formatted(MOMENT);
            case "generateuuidv4" -> uuid("lower(hex(sipHash128(%s)))".formatted(seeded("uuid4" + arguments)), "4");
            case "generateuuidv7" ->
                uuid(
                        "concat(lower(hex(toUnixTimestamp64Milli(%s))), lower(hex(sipHash128(%s))))"
                                .formatted(MOMENT, seeded("uuid7" + arguments)),
                        "7");
            case "rand", "rand32", "randconstant" ->
                "toUInt32(bitAnd(sipHash64(%s), 4294967295))".formatted(seeded("rand" + arguments));
            case "rand64" -> "sipHash64(%s)".formatted(seeded("rand64" + arguments));
            case "randcanonical" -> fraction("canonical" + arguments);
            case "randuniform" -> uniform(arguments);
            default -> null;
        };
    }

    private static String seeded(String tag) {
        return SEED + ", '" + tag.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private static String fraction(String tag) {
        return "(sipHash64(%s) / 18446744073709551616.)".formatted(seeded(tag));
    }

    private static String uniform(String arguments) {
        int comma = arguments.indexOf(',');
        if (comma < 0) {
            throw new IllegalArgumentException("The function 'randUniform' needs two numbers");
        }
        String least = arguments.substring(0, comma).strip();
        String most = arguments.substring(comma + 1).split(",", -1)[0].strip();
        return "((%1$s) + ((%2$s) - (%1$s)) * %3$s)".formatted(least, most, fraction("uniform" + arguments));
    }

    /** From 32 hexadecimal digits, of which one is replaced by the version and one by the variant. */
    private static String uuid(String hex, String version) {
        return ("toUUID(concat(substring(%1$s, 1, 8), '-', substring(%1$s, 9, 4), '-%2$s', substring(%1$s, 14, 3),"
                        + " '-8', substring(%1$s, 18, 3), '-', substring(%1$s, 21, 12)))")
                .formatted(hex, version);
    }
}
