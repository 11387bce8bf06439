"""What a SELECT may be made of, by name: whatever is not here is refused, also what sqlglot learns to read later."""

from sqlglot import exp


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


def _classes(names: str) -> frozenset[type[exp.Expression]]:
    return frozenset(getattr(exp, name) for name in names.split())


# How a SELECT is put together, and operators.
SYNTAX = _classes("""
    Select Union Except Intersect Subquery CTE With From Join Where Group Having Order Ordered Limit LimitOptions Offset
    Fetch Distinct Qualify PreWhere Sort Window WindowSpec WithinGroup Filter IgnoreNulls RespectNulls Cube Rollup
    GroupingSets Final TableSample Table TableAlias Alias Aliases Column Identifier Star Lateral Values Tuple Paren
    Pseudocolumn Literal Boolean Null Var Interval IntervalSpan DataType DataTypeParam ColumnDef Add Sub Mul Div IntDiv
    Mod Neg DPipe EQ NEQ GT GTE LT LTE NullSafeEQ NullSafeNEQ Is Not Between In Like ILike SimilarTo Glob Escape Any All
    AtTimeZone FromTimeZone BitwiseAnd BitwiseOr BitwiseXor BitwiseNot BitwiseLeftShift BitwiseRightShift Overlaps
    Bracket Slice Dot Lambda Kwarg PropertyEQ HavingMax JSONPath JSONPathRoot JSONPathKey JSONPathSubscript
    JSONPathWildcard JSONPathSlice JSONKeyValue JSONExtractQuote
""")

# Functions that sqlglot knows: they compute from what they are given, or tell the time; Rand is the one that is random.
FUNCTIONS = _classes("""
    And Or Xor Case If Coalesce Nullif Nvl2 DecodeCase EqualNull Exists IsNullValue Greatest Least GetIgnoreCase
    Booland Boolnot Boolor BoolxorAgg LogicalAnd LogicalOr Cast TryCast Try Convert Collate Typeof Abs Acos Acosh
    Asin Asinh Atan Atan2 Atanh Cbrt Ceil Cos Cosh Cot Coth Csc Csch Degrees Exp Factorial Floor IsInf IsNan Ln Log
    Pi Pow Radians Rand Round Sec Sech Sign Sin Sinh Sqrt Tan Tanh Trunc WidthBucket RangeBucket SafeAdd SafeDivide
    SafeMultiply SafeNegate SafeSubtract BitwiseCount Getbit AnyValue ApproxDistinct ApproxQuantile ApproxQuantiles
    ApproxTopK ArgMax ArgMin ArrayAgg ArrayUniqueAgg ArrayConcatAgg ArrayUnionAgg Avg BitwiseAndAgg BitwiseOrAgg
    BitwiseXorAgg Corr Count CountIf CovarPop CovarSamp CumeDist DenseRank First FirstValue GroupConcat Grouping
    GroupingId HashAgg Hll Kurtosis Lag Last LastValue Lead Max Median Min Mode NthValue Ntile ObjectAgg
    JSONObjectAgg JSONBObjectAgg JSONArrayAgg PercentRank PercentileCont PercentileDisc Quantile Rank RegrAvgx
    RegrAvgy RegrCount RegrIntercept RegrR2 RegrSlope RegrSxx RegrSxy RegrSyy RowNumber Skewness Stddev StddevPop
    StddevSamp Sum Variance VariancePop AnonymousAggFunc CombinedAggFunc ParameterizedAgg CombinedParameterizedAgg
    Array ArrayAll ArrayAny ArrayAppend ArrayCompact ArrayConcat ArrayConstructCompact ArrayContainedBy
    ArrayContains ArrayContainsAll ArrayDistinct ArrayExcept ArrayFilter ArrayFirst ArrayInsert ArrayIntersect
    ArrayLast ArrayMax ArrayMin ArrayOverlaps ArrayPosition ArrayPrepend ArrayRemove ArrayRemoveAt ArrayReverse
    ArraySize ArraySlice ArraySort ArraySum ArrayToString ArraysZip Explode ExplodingGenerateSeries Flatten
    GenerateDateArray GenerateSeries GenerateTimestampArray Inline List Map MapCat MapContainsKey MapFromEntries
    MapKeys MapSize Posexplode PosexplodeOuter Reduce SortArray StarMap StrToMap Struct StructExtract ToArray ToMap
    Transform Unnest VarMap Zipf _ExplodeOuter JSONArray JSONArrayContains JSONBContains JSONBExtract
    JSONBExtractScalar JSONBool JSONCast JSONExists JSONExtract JSONExtractArray JSONExtractScalar JSONFormat
    JSONKeys JSONObject JSONStripNulls JSONType JSONValueArray LaxBool LaxFloat64 LaxInt64 LaxString Float64 Int64
    ParseJSON CheckJson GetExtract StripNullValue ToVariant AddMonths ConvertTimezone CurrentDate CurrentDatetime
    CurrentTime CurrentTimestamp CurrentTimestampLTZ Date DateAdd DateBin DateDiff DateFromParts DateFromUnixDate
    DateStrToDate DateSub DateToDateStr DateToDi DateTrunc Datetime DatetimeAdd DatetimeDiff DatetimeSub
    DatetimeTrunc Day DayOfMonth DayOfWeek DayOfWeekIso DayOfYear Dayname DiToDate Extract FromISO8601Date
    FromISO8601Timestamp Hour JustifyDays JustifyHours JustifyInterval LastDay Localtime Localtimestamp MakeInterval
    Minute Month Monthname MonthsBetween NextDay ParseDatetime ParseTime PreviousDay Quarter Second StrToDate
    StrToTime StrToUnix Systimestamp Time TimeAdd TimeDiff TimeFromParts TimeSlice TimeStrToDate TimeStrToTime
    TimeStrToUnix TimeSub TimeToStr TimeToTimeStr TimeToUnix TimeTrunc Timestamp TimestampAdd TimestampDiff
    TimestampFromParts TimestampSub TimestampTrunc TimestampLtzFromParts TimestampTzFromParts ToDays TsOrDiToDi
    TsOrDsAdd TsOrDsDiff TsOrDsToDate TsOrDsToDateStr TsOrDsToDatetime TsOrDsToTime TsOrDsToTimestamp UnixDate
    UnixMicros UnixMillis UnixSeconds UnixToStr UnixToTime UnixToTimeStr UtcDate UtcTime UtcTimestamp Week
    WeekOfYear WeekStart Year YearOfWeek YearOfWeekIso Ascii Base64DecodeString Base64Encode BitLength ByteLength
    Chr CodePointsToString Concat ConcatWs Contains Decode Elt Encode EndsWith FarmFingerprint Format FromBase64 Hex
    HexDecodeString Initcap IsAscii Left Length Levenshtein Lower LowerHex MD5 MD5Digest Normalize NumberToStr
    Overlay Pad ParseBignumeric ParseNumeric ParseUrl RegexpCount RegexpExtract RegexpExtractAll RegexpFullMatch
    RegexpILike RegexpInstr RegexpLike RegexpReplace RegexpSplit Repeat Replace Reverse Right SHA SHA1Digest SHA2
    SHA2Digest SafeConvertBytesToString Soundex Space Split SplitPart StartsWith StrPosition String StringToArray
    Strtok StrtokToArray Stuff Substring SubstringIndex ToBase64 ToBoolean ToChar ToCodePoints ToDecfloat ToDouble
    ToNumber Translate Trim Unhex Unicode Upper
""")

# The same of functions that sqlglot does not know, for which it keeps the name that was written.
NAMES = _names("""
    age btrim cardinality char2hexint date_part datetime field from_json hash hex histogram isfinite
    json_array_elements json_array_elements_text json_array_length json_each json_each_text json_extract_path
    json_extract_path_text json_object_keys json_tree json_typeof json_unquote jsonb_array_elements
    jsonb_array_elements_text jsonb_array_length jsonb_each jsonb_each_text jsonb_extract_path
    jsonb_extract_path_text jsonb_object_keys jsonb_typeof julianday likely likelihood make_date make_time
    make_timestamp make_timestamptz map_agg now octet_length printf quote ratio_to_report regexp_matches
    regexp_split_to_array regexp_split_to_table regexp_substr schema_of_json timediff to_timestamp to_timestamp_ltz
    to_timestamp_ntz to_timestamp_tz to_utf8 today total unixepoch unix_timestamp unlikely url_decode url_encode
    url_extract_fragment url_extract_host url_extract_parameter url_extract_path url_extract_query at_timezone
    epoch_us epoch_ns date_format last_day adddays addhours addminutes addmonths addquarters addseconds addweeks
    addyears cutquerystring datename datetrunc domain empty extract formatdatetime fromunixtimestamp
    greatcircledistance ifnotfinite jsonextractarrayraw jsonextractbool jsonextractfloat jsonextractint
    jsonextractkeys jsonextractraw jsonextractuint jsonhas jsonlength laginframe leadinframe
    lowerutf8 multiif multisearchany notempty
    parsedatetimebesteffort parsedatetimebesteffortornull parsedatetimebesteffortorzero path positioncaseinsensitive
    splitbystring subtractdays subtracthours subtractminutes subtractmonths subtractquarters subtractseconds
    subtractweeks subtractyears todate todate32 todateornull todatetime todatetime64 todatetimeornull todayofmonth
    todayofweek todayofyear todecimal128 todecimal32 todecimal64 tofloat32 tofloat64 tofloat64ornull tofloat64orzero
    tohour toint16 toint32 toint64 toint64ornull toint64orzero toint8 toisoweek tolastdayofmonth tominute tomonday
    tomonth toquarter torelativedaynum tosecond tostartofday tostartoffifteenminutes tostartofhour tostartofinterval
    tostartofminute tostartofmonth tostartofquarter tostartofweek tostartofyear tostring totimezone touint16
    touint32 touint64 touint8 tounixtimestamp toweek toyear toyearweek toyyyymm toyyyymmdd tupleelement upperutf8
    visitparamextractstring yesterday
""")

# Words that may stand in these nodes; a clause that is not named is refused.
CLAUSES = {
    exp.Select: _names("""
        with_ expressions distinct from_ laterals joins prewhere where group having qualify windows sort order limit
        offset sample exclude
    """),
    exp.SetOperation: _names("with_ this expression distinct by_name where group having order limit offset sample"),
    exp.Subquery: _names("this alias with_ laterals joins where order limit offset sample"),
    exp.Table: _names("this alias db catalog laterals joins ordinality sample"),
    exp.Column: _names("this table db catalog"),
    exp.Join: _names("this on side kind using method global_ match_condition expressions"),
    exp.DataType: _names("this expressions nested nullable"),
}

TYPES = frozenset(
    exp.DataType.Type[name]
    for name in _names("""
    ARRAY BIGDECIMAL BIGINT BINARY BIT BOOLEAN BPCHAR CHAR DATE DATE32 DATETIME DATETIME2 DATETIME64 DECIMAL
    DECIMAL128 DECIMAL256 DECIMAL32 DECIMAL64 DECFLOAT DOUBLE FLOAT INT INT128 INT256 INTERVAL JSON JSONB LIST
    LONGTEXT LOWCARDINALITY MAP MEDIUMINT MEDIUMTEXT MONEY NCHAR NVARCHAR OBJECT SMALLINT SMALLDATETIME STRUCT TEXT
    TIME TIMESTAMP TIMESTAMPLTZ TIMESTAMPNTZ TIMESTAMPTZ TIMESTAMP_MS TIMESTAMP_NS TIMESTAMP_S TIMETZ TINYINT
    TINYTEXT UBIGINT UDECIMAL UDOUBLE UINT UINT128 UINT256 UMEDIUMINT USMALLINT UTINYINT UUID VARBINARY VARCHAR
    VARIANT YEAR
""")
)
