#!/usr/bin/env bash
# The mails of the demo's nights, from the spool and from a mail server that they were handed to, read by a reader that nobody here wrote (npm mailparser): whole, in the parts and headers that mail
# programs look for, and saying what `cartingest digest` says.
#   tests/mails.sh
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
[ "${CARTINGEST_BUILT:-}" = 1 ] || dotnet build "$root/src/CarTIngest.Host" -v q >&2
cartingest=$root/src/CarTIngest.Host/bin/Debug/net10.0/cartingest
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
cd "$work"

# Pinned: a reader that changes would change the verdict.
npm install --silent --no-audit --no-fund mailparser@3.9.0 >/dev/null 2>npm.log || { cat npm.log >&2; exit 1; }
demo() { # demo STORE SETTING…: the nights, their mails as a reader at the hospital gets them
  local store=$1
  shift
  "$cartingest" demo --exit --store "$store" --set Alerts:To=lead@review.example "${@/#/--set=}" >demo.log 2>&1 || { cat demo.log >&2; exit 1; }
  "$cartingest" digest --for lead --since 1 --store "$store" --set Alerts:To=lead@review.example >"$store.txt"
}

demo spool
coproc server { exec python3 -B "$root/tests/kills/postbox.py" smtp-mails; }
read -r port <&"${server[0]}"
demo smtp Alerts:Transport=smtp Alerts:Smtp:Host=127.0.0.1 "Alerts:Smtp:Port=$port" Alerts:Smtp:Security=None Alerts:Smtp:From=cartingest@review.example

cat >read.cjs <<'JS'
const fs = require("fs"), assert = require("assert"), { simpleParser } = require("mailparser");
const words = text => text.split(/\s+/).filter(word => word.length > 0).join(" ");
(async () => {
  const [folder, digest] = process.argv.slice(2);
  const mails = [];
  for (const file of fs.readdirSync(folder).filter(name => name.endsWith(".eml")).sort()) {
    const mail = await simpleParser(fs.readFileSync(`${folder}/${file}`), { skipTextToHtml: true, skipHtmlToText: true });
    assert.equal(`${mail.messageId}.eml`, `<${file.replace(/\.eml$/, "")}>.eml`, "the file bears the Message-ID");
    assert.equal(mail.headers.get("auto-submitted"), "auto-generated");
    assert.match(mail.headers.get("list").id.id, /^digest\.cartingest\./);
    assert.equal(mail.to.value.length, 1);
    assert.ok(mail.date instanceof Date && !isNaN(mail.date));
    assert.equal(mail.attachments.length, 0);
    assert.ok(mail.html.startsWith("<!doctype html>") && !/<(script|img|iframe|form)\b/i.test(mail.html), "an HTML part without script or picture");
    for (const line of fs.readFileSync(`${folder}/${file}`, "utf8").split("\r\n")) assert.ok(line.length <= 998);
    assert.ok(mail.text.includes("This checks records that match our searches"), "the text is whole to its end");
    mails.push(mail);
  }
  const [subject, ...text] = fs.readFileSync(digest, "utf8").split("\n");
  const same = mails.find(mail => subject === `Subject: ${mail.subject}`);
  assert.ok(same, `no mail bears the ${subject}`);
  // What stands below "--" says why somebody gets a mail, and is the mail's alone.
  const body = text => words(text.split(/^-- ?$/m)[0]);
  assert.equal(body(same.text), body(text.join("\n")));
  assert.notEqual(body(mails.find(mail => mail !== same).text), body(text.join("\n")), "the comparison can fail");
  console.log(`${mails.length} mails read; of them one, ${JSON.stringify(same.subject)}, says in ${body(same.text).length} characters what cartingest digest says`);
})().catch(wrong => { console.error(wrong); process.exit(1); });
JS
node read.cjs spool/mail spool.txt
node read.cjs smtp-mails smtp.txt
[ "$(ls smtp-mails | wc -l)" = "$(ls spool/mail | wc -l)" ]
