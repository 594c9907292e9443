package dev.rookery.gateway.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Rule 13: what ClickHouse's parser shows")
class AstTest {
    @Test
    void tablesAndTableFunctions() {
        String ast = """
                SelectWithUnionQuery (children 1)
                 ExpressionList (children 1)
                  SelectQuery (children 2)
                   ExpressionList (children 1)
                    Function count (alias c) (children 1)
                     ExpressionList
                   TablesInSelectQuery (children 2)
                    TablesInSelectQueryElement (children 1)
                     TableExpression (children 1)
                      TableIdentifier ws_0001.t_1 (alias events)
                    TablesInSelectQueryElement (children 2)
                     TableExpression (children 1)
                      Function numbers (children 1)
                       ExpressionList (children 1)
                        Function plus (children 1)
                         ExpressionList (children 2)
                          Literal UInt64_1
                          Literal UInt64_1
                     TableJoin
                   TableIdentifier cte
                """;
        assertThat(Ast.objects(ast.lines().toList())).containsExactlyInAnyOrder("ws_0001.t_1", "numbers()");
    }

    @Test
    void aFunctionOfAnExpressionIsNoTableFunction() {
        String ast = """
                SelectQuery (children 1)
                 TableExpression (children 1)
                  Subquery (children 1)
                   Function file (children 1)
                 Function url (children 1)
                """;
        assertThat(Ast.objects(ast.lines().toList())).isEmpty();
    }
}
