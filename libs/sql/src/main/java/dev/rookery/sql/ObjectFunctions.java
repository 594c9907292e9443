package dev.rookery.sql;

import java.util.Set;

/** Functions that reach an object named by their arguments, or compare with a table. */
final class ObjectFunctions {

    private static final Set<String> IN_FUNCTIONS = Set.of(
            "in",
            "notin",
            "globalin",
            "globalnotin",
            "nullin",
            "notnullin",
            "globalnullin",
            "globalnotnullin",
            "inignoreset",
            "notinignoreset",
            "globalinignoreset",
            "globalnotinignoreset",
            "nullinignoreset",
            "notnullinignoreset",
            "globalnullinignoreset",
            "globalnotnullinignoreset");

    private ObjectFunctions() {}

    /** Functions spelled out for an operator of the IN family; their second argument can be a table. */
    static boolean isMembership(String lowerCaseName) {
        return IN_FUNCTIONS.contains(lowerCaseName);
    }

    /** Functions whose first argument names a table or dictionary. */
    static boolean namesObject(String lowerCaseName) {
        return lowerCaseName.startsWith("dictget")
                || lowerCaseName.equals("dicthas")
                || lowerCaseName.equals("dictisin")
                || lowerCaseName.startsWith("joinget");
    }
}
