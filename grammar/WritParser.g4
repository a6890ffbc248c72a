// The sentences of Writ. Every statement ends with a NEWLINE that compiler/parse/layout.cpp has left standing, and every line of a block is a rule
// of its own: an error inside one is reported once and the next line is read again. No alternative here is ambiguous (tests/unit/parse checks it).
parser grammar WritParser;
options { tokenVocab = WritLexer; }

file: statement* EOF;

statement
  : ( agreementLine | headerItem | moduleLine | useLine | param | calendar | holidays | enumeration | metricType | record | history | facts
    | clause | ruleDefinition | scenario | unreadStatement
    ) NEWLINE
  ;

// ---- header ----

agreementLine: AGREEMENT STRING;

headerItem
  : BETWEEN party (AND party)+                                       # partiesItem
  | SIGNED sum                                                       # signedItem
  | EFFECTIVE sum                                                    # effectiveItem
  | TERM sum                                                         # termItem
  | TERM UNTIL DATE                                                  # termUntilItem
  | CURRENCY name                                                    # currencyItem
  | TIME ZONE STRING                                                 # timeZoneItem
  | LAW STRING (COMMA STRING)*                                       # lawItem
  | DELIVERED IN STRING (COMMA STRING)*                              # deliveredItem
  | ROUND roundWord (COMMA TO THE MINOR UNIT)?                       # roundItem
  | A MONTH AFTER THE ORDINAL ENDS ON THE (LAST DAY OF A SHORTER | FIRST DAY OF THE NEXT) MONTH  # monthEndItem
  ;
party: name AS name STRING;
roundWord: HALF UP | HALF EVEN | HALF DOWN | UP | DOWN;

moduleLine: MODULE path;
useLine: USE path;
path: name (DOT name)*;

// ---- declarations ----

param: PARAM name COLON type (EQ expr)?;

calendar: CALENDAR name DEFAULT? LBRACE calendarLine* RBRACE;
calendarLine
  : ( OPEN weekdays timeRanges
    | OPEN ON dates timeRanges
    | CLOSED name (COMMA name)*
    | CLOSED ON dates timeRanges?
    | ZONE STRING
    | BUSINESS DAYS weekdays
    | BUSINESS DAY ENDS AT CLOSE
    | A BUSINESS DAY ENDS AT THE SAME TIME
    | TIME THAT RUNS OUT AT CLOSING ENDS AT THE NEXT OPENING
    | YEARS NUMBER RANGE NUMBER
    | MERGED WITH name
    ) NEWLINE
  ;
weekdays: EVERY DAY | weekdaySpan (COMMA weekdaySpan)*;
weekdaySpan: weekday (RANGE weekday)?;
weekday: MONDAY | TUESDAY | WEDNESDAY | THURSDAY | FRIDAY | SATURDAY | SUNDAY;
timeRanges: timeRange (COMMA timeRange)*;
timeRange: TIME_LITERAL RANGE TIME_LITERAL;
dates: DATE (COMMA DATE)*;

holidays: HOLIDAYS name STRING? LBRACE holidayLine* RBRACE;
holidayLine
  : ( SOURCE STRING
    | YEARS NUMBER RANGE NUMBER
    | holidayDay STRING holidayTail*
    ) NEWLINE
  ;
holidayDay
  : FIXED NUMBER monthName                                            # fixedDay
  | (FIRST | SECOND | THIRD | FOURTH | FIFTH | LAST) weekday OF monthName  # nthDay
  | EASTER ((PLUS | MINUS) NUMBER (DAY | DAYS))?                      # easterDay
  | ON dates                                                          # datedDay
  ;
holidayTail
  : COMMA? (MOVED TO THE (NEXT | NEAREST) WEEKDAY | FROM NUMBER | UNTIL NUMBER | EXCEPT IN NUMBER (COMMA NUMBER)*)
  ;
monthName: JANUARY | FEBRUARY | MARCH | APRIL | MAY | JUNE | JULY | AUGUST | SEPTEMBER | OCTOBER | NOVEMBER | DECEMBER;

enumeration: ENUM name LBRACE enumerator (COMMA enumerator)* COMMA? RBRACE;
enumerator: name STRING?;

metricType: TYPE name EQ range (COMMA (HIGHER | LOWER) IS BETTER)? (COMMA STRING)?;

record: RECORD name (SINCE name)? LBRACE recordLine* RBRACE;
recordLine: field (COMMA field)* NEWLINE;
field: name COLON type (COMMA KEY)?;

history: HISTORY OF name LBRACE historyLine* RBRACE;
historyLine: (field (COMMA field)* | ORDER BY name) NEWLINE;

facts: FACTS (HISTORY OF)? name FROM STRING LBRACE factLine* RBRACE;
factLine
  : ( name EQ factSource
    | ROWS WITH THE SAME name COLON THE (LAST | FIRST) DECIDES (BY LARGEST? name)?
    | SEPARATOR STRING
    ) NEWLINE
  ;
factSource
  : factColumn (OR factColumn)* (AS STRING)? (IN STRING)? codeMap? (COMMA absentSpelling)*   # columnSource
  | expr                                                                                     # constantSource
  ;
factColumn: COLUMN STRING (NUMBER_WORD NUMBER)?;
codeMap: LBRACE code (COMMA code)* COMMA? RBRACE;
code: STRING EQ sum;
absentSpelling: STRING (OR STRING)* MEANS absence;
absence: NOT YET | NONE | UNKNOWN;

type: (name (NUMBER | IDENTIFIER)? (IN range)? | range) (OR absence)*;
range: bound RANGE bound;
bound: MINUS? (NUMBER | PERCENT | MONEY_LITERAL | DATE | TIME_LITERAL);

// ---- clauses ----

clause: CLAUSE clauseNumber STRING LBRACE clauseLine* RBRACE;
clauseNumber: NUMBER (DOT NUMBER)* | name | STRING;
clauseLine
  : ( PROSE | define | outOfScope | tier | commitment | ruleDefinition | metric | benchmark | remedy | right | notModelled | unreadStatement | clause
    ) NEWLINE
  ;

define: DEFINE name STRING? AS name (WHERE expr)? (MEANS STRING)?;
outOfScope: OUT OF SCOPE name (WHERE expr)?;
notModelled: NOT MODELLED STRING BECAUSE STRING;

tier: TIER tierName? OF name LBRACE tierLine* RBRACE;
tierName: name;
tierLine: name (WHEN expr | OTHERWISE) NEWLINE;

commitment: COMMITMENT name STRING? FOR name (WHERE expr)? BY name LBRACE commitmentLine* RBRACE;
commitmentLine
  : ( FROM clockPoint UNTIL clockPoint (OR clockPoint)*
    | (name COLON)? (WITHIN | BEFORE) sum
    | name COLON NO COMMITMENT
    | EXCUSED WHEN expr
    | PAUSED WHILE expr
    | CALENDAR name
    ) NEWLINE
  ;
// An instant of a clock; `first status = done` needs no parentheses here.
clockPoint: sum | firstPoint;
firstPoint: FIRST IDENTIFIER comparisonTail;

ruleDefinition: RULE name STRING? (COLON type)? (PER grain)* (EQ expr | LBRACE ruleLine* RBRACE);
grain: CONTRACT MONTH | name;
ruleLine
  : ( BASE expr
    | CASE name (OVERRIDES name (COMMA name)*)? COLON expr WHEN expr
    ) NEWLINE
  ;

metric: METRIC name STRING? (COLON type)? EQ name (LPAREN expr? RPAREN)? (OVER name (WHERE expr)?)? (COMMA? PER grain (OF sum)?)?;

benchmark: BENCHMARK name STRING? (BY name)? LBRACE benchmarkLine* RBRACE;
benchmarkLine
  : ( name (AT LEAST | AT MOST | ABOVE | BELOW) sum
    | JUDGED ONLY WITH sum (ANSWERS | RECORDS | IDENTIFIER) OR MORE_WORD COMMA OTHERWISE (NOT MEASURED | MET | MISSED)
    | IF MISSED COLON name (COMMA name)*
    ) NEWLINE
  ;

remedy: REMEDY name STRING? FOR MISSED name (COMMA name)* (WHEN expr)? LBRACE remedyLine* RBRACE;
remedyLine
  : ( CREDIT (SUM | LARGEST | FIRST THAT APPLIES) OF LPAREN creditTerm (COMMA creditTerm)* COMMA? RPAREN
    | CREDIT creditTerm
    | CREDIT expr
    | CAP expr (PER grain)? (COMMA IN FULL)?
    | PER grain (OF sum)?
    | ROUNDED EACH roundWord
    | CLAIMED BY name (WITHIN sum AFTER grain END)?
    | THE ONLY MONEY REMEDY FOR (THESE MISSES | THIS MISS)
    | name DELIVERS unreadPart*
    ) NEWLINE
  ;
creditTerm: expr FOR EACH? outcome name (WHEN expr)?;
outcome: MISSED | MET | PENDING | EXCUSED | OUT OF SCOPE | CANNOT TELL;

right: RIGHT name STRING? OF name LBRACE rightLine* RBRACE;
rightLine
  : ( WHEN ANY NUMBER CONSECUTIVE (MONTHS | QUARTERS | YEARS | CONTRACT MONTHS) HAVE rightTest then?
    | AFTER WRITTEN? NOTICE (AND sum TO CURE)? then?
    | CURED WHEN NO SUCH MISS FALLS DUE IN THE CURE PERIOD then?
    | EXERCISABLE WITHIN sum then?
    | then
    | AT MOST ONCE unreadPart*
    ) NEWLINE
  ;
rightTest
  : AT LEAST sum MISSES OF name (COMMA name)* (COMMA WITH AT LEAST sum IN EACH)?
  | MISSED name
  | name
  ;
then: THEN freeText (COMMA freeText)*;
freeText: ~(NEWLINE | LBRACE | RBRACE | COMMA)+;

// Constructs of the language that this version does not read: skipped whole, with one message.
unreadStatement: unreadWord unreadPart*;
unreadWord: ESCALATE | DUTY | OWNER | ROLE | DATA | DISPUTE | OWNED | PROVE | AMENDMENT | SCHEDULE | ORDER | JURISDICTION;
unreadPart: ~(NEWLINE | LBRACE | RBRACE) | LBRACE (unreadPart | NEWLINE)* RBRACE;

// ---- scenarios ----

scenario: SCENARIO STRING COMMA AS OF sum (COMMA WITH setting (COMMA setting)*)? LBRACE scenarioLine* RBRACE;
setting: name EQ sum;
scenarioLine: (factLiteral | expect) NEWLINE;
factLiteral: name LBRACE (factPart (COMMA factPart)* COMMA?)? RBRACE;
factPart: factValue | HISTORY LBRACE (factValue (COMMA factValue)* COMMA?)? RBRACE;
factValue: name COLON expr;
expect: EXPECT name (DOT name)? (OF STRING)? (IN (MONTH | QUARTER | YEAR)? (MONTH_LITERAL | NUMBER))? EQ (expr | outcomePhrase);
// Outcomes that are no expression by their words; `not measured`, `out of scope` and single words are told apart from expressions when the tree is built.
outcomePhrase: MISSED | NOTICE GIVEN | CANNOT TELL | NOT YET DUE;

// ---- expressions ----

// `if` stands at the outside or in parentheses: behind an operator its `else` part would have two readings.
expr: IF expr THEN expr ELSE expr | condition;

condition
  : comparison                     # comparisonCondition
  | NOT condition                  # notCondition
  | condition AND condition        # andCondition
  | condition OR condition         # orCondition
  ;

// Comparisons do not chain: `1 < x < 5` is an error. The `of` that places a record in its period may stand behind the condition of an aggregate
// (`count(Ticket where resolved is given of resolved)`). Where the condition ends in a sum, `of` is read with that sum and taken off when the tree is
// built; where it ends in a word or a brace, it is read here.
comparison: sum comparisonTail? | firstPoint;
comparisonTail
  : (EQ | NE | LT | LE | GT | GE | AT LEAST | AT MOST) sum           # compareTail
  | IS NOT? (GIVEN | NONE | UNKNOWN) (OF place=sum)?                 # isTail
  | IS NOT YET (OF place=sum)?                                       # isNotYetTail
  | NOT? IN LBRACE members+=sum (COMMA members+=sum)* COMMA? RBRACE (OF place=sum)?  # inTail
  | BETWEEN sum AND sum                                              # betweenTail
  ;

sum
  : primary                                                          # primarySum
  | MINUS sum                                                        # negateSum
  | sum OF THE grain OF sum                                          # ofPeriodSum
  | sum (STAR | SLASH | OF) sum                                      # productSum
  | sum (PLUS | MINUS) sum                                           # additionSum
  | sum OTHERWISE sum                                                # otherwiseSum
  ;

primary
  : NUMBER                                                           # numberPrimary
  | (NUMBER | IDENTIFIER) unit (ON name)?                            # amountPrimary
  | PERCENT                                                          # percentPrimary
  | MONEY_LITERAL                                                    # moneyPrimary
  | DATE                                                             # datePrimary
  | MONTH_LITERAL                                                    # monthPrimary
  | INSTANT                                                          # instantPrimary
  | TIME_LITERAL                                                     # timePrimary
  | STRING                                                           # textPrimary
  | LPAREN expr RPAREN (unit (ON name)?)?                            # parenthesesPrimary
  | outcome name                                                     # outcomePrimary
  | name LPAREN (expr (COMMA expr)* COMMA?)? RPAREN (ON name)?       # callPrimary
  | name LPAREN expr OVER name (WHERE expr | OF sum)? RPAREN         # overPrimary
  | name LPAREN name WHERE expr RPAREN                               # wherePrimary
  | name AT atInstant                                                # atPrimary
  | MISSES OF (name (COMMA name)* | LPAREN name (COMMA name)+ RPAREN)  # missesPrimary
  | name                                                             # namePrimary
  | primary DOT name                                                 # memberPrimary
  ;
// No keyword may stand here bare: `status at least 3` has one reading.
atInstant: IDENTIFIER (DOT name)* | INSTANT | DATE | LPAREN expr RPAREN;

unit
  : MICROSECOND | MICROSECONDS | MILLISECOND | MILLISECONDS | SECOND | SECONDS | MINUTE | MINUTES | HOUR | HOURS | DAY | DAYS | WEEK | WEEKS
  | MONTH | MONTHS | QUARTER | QUARTERS | YEAR | YEARS
  | BUSINESS (MILLISECOND | MILLISECONDS | SECOND | SECONDS | MINUTE | MINUTES | HOUR | HOURS | DAY | DAYS)
  ;

// ---- names ----

name: IDENTIFIER | keyword;
keyword
  : A | ABOVE | AFTER | AGREEMENT | AMENDMENT | ANSWERS | ANY | APPLIES | AS | AT | BASE | BECAUSE | BEFORE | BELOW | BENCHMARK | BETTER | BETWEEN |
    BUSINESS | BY | CALENDAR | CANNOT | CAP | CASE | CLAIMED | CLAUSE | CLOSE | CLOSED | CLOSING | COLUMN | COMMITMENT | CONSECUTIVE | CONTRACT |
    CREDIT | CURE | CURED | CURRENCY | DATA | DAY | DAYS | DECIDES | DEFAULT | DEFINE | DELIVERED | DELIVERS | DISPUTE | DOWN | DUE | DUTY | EACH |
    EASTER | EFFECTIVE | ELSE | END | ENDS | ENUM | ESCALATE | EVEN | EVERY | EXCEPT | EXCUSED | EXERCISABLE | EXPECT | FACTS | FALLS | FIFTH | FIRST
    | FIXED | FOR | FOURTH | FROM | FULL | GIVEN | HALF | HAVE | HIGHER | HISTORY | HOLIDAYS | HOUR | HOURS | IS | JUDGED | JURISDICTION | KEY |
    LARGEST | LAST | LAW | LEAST | LOWER | MEANS | MEASURED | MERGED | MET | METRIC | MICROSECOND | MICROSECONDS | MILLISECOND | MILLISECONDS | MINOR
    | MINUTE | MINUTES | MISS | MODELLED | MODULE | MONEY | MONTH | MONTHS | MORE_WORD | MOST | MOVED | NEAREST | NEVER | NEXT | NO | NONE |
    NOTICE | NUMBER_WORD | OF | ON | ONCE | ONLY | OPEN | OPENING | ORDER | OTHERWISE | OUT | OVER | OVERRIDES | OWNED | OWNER | PARAM | PAUSED |
    PENDING | PER | PERIOD | PROVE | QUARTER | QUARTERS | RECORD | RECORDS | REMEDY | RIGHT | ROLE | ROUND | ROUNDED | ROWS | RULE | RUNS | SAME |
    SCENARIO | SCHEDULE | SCOPE | SECOND | SECONDS | SEPARATOR | SHORTER | SIGNED | SINCE | SOURCE | SUCH | SUM | TELL | TERM | THAT | THE | THEN |
    THESE | THIRD | THIS | TIER | TIME | TO | TYPE | UNIT | UNKNOWN | UNTIL | UP | USE | WEEK | WEEKDAY | WEEKS | WHILE | WITH | WITHIN | WRITTEN |
    YEAR | YEARS | YET | ZONE | MONDAY | TUESDAY | WEDNESDAY | THURSDAY | FRIDAY | SATURDAY | SUNDAY | JANUARY | FEBRUARY | MARCH | APRIL | MAY | JUNE
    | JULY | AUGUST | SEPTEMBER | OCTOBER | NOVEMBER | DECEMBER
  ;
