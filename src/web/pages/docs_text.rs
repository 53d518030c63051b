//! What the documentation says before it lists the addresses: the rules that hold for all of them.

pub const INTRODUCTION: &str = "<h1>The Larder API</h1>\
<p>Every record that Larder keeps can be listed, read, created, changed, deleted, restored, searched, merged and \
exported in the same way. Learn it for one kind and you know it for all. The machine-readable description is \
<a href=\"/api/openapi.json\">openapi.json</a>.</p>";

/// (anchor, title, HTML)
pub const CHAPTERS: [(&str, &str, &str); 6] = [
    (
        "signing-in",
        "Signing in",
        "<p>A program sends its e-mail address and password once and then the token with every request. A browser gets \
         the same as a cookie. Who belongs to several tenants adds <code>tenant</code> with its slug.</p>\
         <pre><code>LARDER=http://127.0.0.1:8080\n\
TOKEN=$(curl -s \"$LARDER/api/v1/auth/login\" -H 'Content-Type: application/json' \\\n  \
-d '{\"email\":\"you@example.com\",\"password\":\"your password\"}' | sed 's/.*\"access_token\":\"\\([^\"]*\\).*/\\1/')\n\n\
curl \"$LARDER/api/v1/work-orders?status=assigned&amp;sort=-created_at&amp;fields=id,number,title,site.name\" \\\n  \
-H \"Authorization: Bearer $TOKEN\"</code></pre>",
    ),
    (
        "lists",
        "Lists",
        "<p>Any field filters: <code>status=assigned</code>, or with an operator <code>due_at[lt]=today</code>. The \
         operators are <code>eq ne lt lte gt gte in contains null</code>. Dots go through references: \
         <code>site.name[contains]=tower</code>. For OR, send <code>filter</code> as JSON. <code>q</code> searches words \
         and, for names and numbers, parts of words.</p>\
         <p><code>fields=id,number,site.name</code> gives only these; <code>include=site</code> adds a referred record \
         whole. <code>sort=-created_at,name</code> takes up to three fields. The answer is \
         <code>{\"data\":[…],\"page\":{\"next_cursor\":…,\"prev_cursor\":…,\"has_more\":…}}</code>; pass \
         <code>cursor=</code> to go on. A cursor belongs to its query: keep the other parameters as they are.</p>",
    ),
    (
        "changing",
        "Changing without losing",
        "<p>Every record has a <code>version</code>, and its <code>ETag</code> begins with it. PATCH and DELETE want \
         <code>If-Match</code> with the ETag that you read, so that nobody overwrites what they have not seen: a version \
         that moved on is a 412 with the record as it stands under <code>current</code>. <code>If-Match: *</code> takes \
         any version.</p>\
         <p>Send <code>Idempotency-Key</code> with a POST that may be repeated. The repeat answers with the record that \
         the first one made and <code>Idempotency-Replayed: true</code>.</p>",
    ),
    (
        "reading-again",
        "Reading again",
        "<p>Send the last <code>ETag</code> as <code>If-None-Match</code>: as long as nothing changed that you may see, \
         the answer is a 304 without a body.</p>\
         <p>The header <code>Larder-Build</code> names the build of the web app that the server carries. A page whose \
         own <code>&lt;meta name=\"larder-build\"&gt;</code> names another is from before an upgrade.</p>",
    ),
    (
        "errors",
        "Errors",
        "<p>Every failure is <code>application/problem+json</code>: <code>code</code> for programs, <code>detail</code> \
         for people, <code>request_id</code> for the log. A 422 lists under <code>errors</code> what is wrong where: \
         <code>{\"pointer\":\"/due_at\",\"code\":\"format\",\"message\":\"…\"}</code>. A pointer that begins with \
         <code>?</code> names a query parameter. Unknown fields and parameters are errors, never ignored.</p>",
    ),
    (
        "values",
        "Values",
        "<p>Moments are RFC 3339 in UTC, days are <code>YYYY-MM-DD</code>. In filters both may be said relative to the \
         tenant's own day: <code>now</code>, <code>today</code>, <code>today+30</code>, and the first days of \
         <code>week</code>, <code>month-1</code>, <code>quarter</code> and <code>year</code>. Money is whole minor units with a currency beside \
         it. References are ids. The fields that you added yourself stand under <code>custom</code>.</p>",
    ),
];
