# Prints the text, number or flag at a path of a JSON document.
#
#     WANT=cloudstack.vm.details/nics/0/mac LC_ALL=C awk -f json.awk FILE
#
# Exit code 0: it is there. 1: it is not, or it is an object, a list or null. 2: the file is not a JSON object.

{ rest = rest $0 "\n" }

END {
    blanks()
    object = substr(rest, 1, 1) == "{"
    read = value("")
    blanks()
    if (!object || !read || rest != "") exit 2
    if (!found) exit 1
    print result
}

function blanks() {
    if (match(rest, /^[ \t\r\n]+/)) rest = substr(rest, RLENGTH + 1)
}

# Takes a character that must come next.
function take(c) {
    blanks()
    if (substr(rest, 1, 1) != c) return 0
    rest = substr(rest, 2)
    return 1
}

# Takes a string; its text is left in token as it is written.
function string(    n, part) {
    if (!take("\"")) return 0
    token = ""
    while ((n = index(rest, "\"")) > 0) {
        part = substr(rest, 1, n - 1)
        rest = substr(rest, n + 1)
        token = token part
        if (!match(part, /\\+$/) || RLENGTH % 2 == 0) return 1
        token = token "\""
    }
    return 0
}

function value(path,    c) {
    blanks()
    c = substr(rest, 1, 1)
    if (c == "{") return members(path)
    if (c == "[") return elements(path)
    if (c == "\"") {
        if (!string()) return 0
        if (path == ENVIRON["WANT"]) keep(plain(token))
        return 1
    }
    if (!match(rest, /^(true|false|null|-?[0-9][0-9.eE+-]*)/)) return 0
    token = substr(rest, 1, RLENGTH)
    rest = substr(rest, RLENGTH + 1)
    if (path == ENVIRON["WANT"] && token != "null") keep(token)
    return 1
}

function members(path,    key) {
    take("{")
    if (take("}")) return 1
    do {
        if (!string()) return 0
        key = plain(token)
        if (!take(":") || !value(path == "" ? key : path "/" key)) return 0
    } while (take(","))
    return take("}")
}

function elements(path,    i) {
    take("[")
    if (take("]")) return 1
    i = 0
    do {
        if (!value(path "/" i++)) return 0
    } while (take(","))
    return take("]")
}

function keep(text) {
    result = text
    found = 1
}

# The text that a string stands for.
function plain(s,    out, n, c, code, low) {
    while ((n = index(s, "\\")) > 0) {
        out = out substr(s, 1, n - 1)
        c = substr(s, n + 1, 1)
        s = substr(s, n + 2)
        if (c == "u") {
            code = hex(substr(s, 1, 4))
            s = substr(s, 5)
            if (code >= 55296 && code < 56320 && substr(s, 1, 2) == "\\u") {
                low = hex(substr(s, 3, 4))
                s = substr(s, 7)
                code = 65536 + (code - 55296) * 1024 + low - 56320
            }
            out = out utf8(code)
        } else {
            out = out (c == "n" ? "\n" : c == "t" ? "\t" : c == "r" ? "\r" : c == "b" ? "\b" : c == "f" ? "\f" : c)
        }
    }
    return out s
}

function hex(digits,    i, n) {
    digits = tolower(digits)
    for (i = 1; i <= length(digits); i++) n = n * 16 + index("0123456789abcdef", substr(digits, i, 1)) - 1
    return n
}

function utf8(code) {
    if (code < 128) return sprintf("%c", code)
    if (code < 2048) return sprintf("%c%c", 192 + int(code / 64), 128 + code % 64)
    if (code < 65536) return sprintf("%c%c%c", 224 + int(code / 4096), 128 + int(code / 64) % 64, 128 + code % 64)
    return sprintf("%c%c%c%c", 240 + int(code / 262144), 128 + int(code / 4096) % 64, 128 + int(code / 64) % 64, 128 + code % 64)
}
