# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_deskctl_global_optspecs
    string join \n target= as= o/output= columns= progress= dry-run y/yes idempotency-key= q/quiet h/help V/version
end

function __fish_deskctl_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_deskctl_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_deskctl_using_subcommand
    set -l cmd (__fish_deskctl_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c deskctl -n "__fish_deskctl_needs_command" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_needs_command" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_needs_command" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_needs_command" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_needs_command" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_needs_command" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_needs_command" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_needs_command" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_needs_command" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_needs_command" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_needs_command" -s V -l version -d 'Print version'
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "demo" -d 'Show the whole tour on a scratch store: seed, plan, a refusal, a move with a message arriving meanwhile, verify, report'
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "init" -d 'Make a store with an account: a super admin, the pipeline "Support", an inbox and the help desk'
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "seed" -d 'Load a whole account into an empty store, which is made if it is not there'
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "channels" -d 'List, show, connect, change and disconnect channels'
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "migrations" -d 'Plan, start, watch, resume and verify moves to the help desk'
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "conversations" -d 'Receive and answer messages; assign, close and move conversations'
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "tickets" -d 'List, make and change tickets'
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "views" -d 'List, make, run and explain views: the lists of the help desk\'s tickets'
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "contacts" -d 'List, show, add, change and remove contacts'
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "companies" -d 'List, show, add, change and remove companies'
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "deals" -d 'List, show, add, change and remove deals'
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "properties" -d 'List, show, add, change and remove custom properties of tickets'
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "users" -d 'List, show, add, change and remove users'
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "teams" -d 'List, show, add, rename and remove teams'
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "inboxes" -d 'List, show, add, rename and remove inboxes and the help desk'
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "pipelines" -d 'List, show, add, change and remove pipelines and their stages'
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "bots" -d 'The conditions under which bots may move to the help desk'
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "sla" -d 'Service level agreements: targets, working hours, when a target is due'
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "account" -d 'Show and change the account: name, time zone, limits'
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "outbox" -d 'List and show notices to users'
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "audit" -d 'List who did what, and what came of it'
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "export" -d 'Write data out'
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "login" -d 'Keep a token for a server, so that commands can work there'
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "logout" -d 'Forget the token for a server'
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "tokens" -d 'Make, list and revoke the tokens by which programs work with a server'
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "serve" -d 'Serve a store over HTTP, for a team and for CI'
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "whoami" -d 'Tell who acts, and what they may do'
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "capabilities" -d 'List every operation that the current target can do'
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "contexts" -d 'Keep targets by name, and choose the current one'
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "doctor" -d 'Check the target and the machine, and say what to do about what is wrong'
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "backup" -d 'Write a backup of the store to a new file, while others go on working'
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "restore" -d 'Put a backup in the place of the store'
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "store" -d 'Look at the store as a whole, and upgrade it'
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "completions" -d 'Print the completions of a shell'
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "man" -d 'Print the manual page'
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand demo" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand demo" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand demo" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand demo" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand demo" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand demo" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand demo" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand demo" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand demo" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand demo" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c deskctl -n "__fish_deskctl_using_subcommand init" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand init" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand init" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand init" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand init" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand init" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand init" -l name -d 'The account\'s name [default: My account]' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand init" -l time-zone -d 'Its IANA time zone, such as Europe/Warsaw [default: UTC]' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand init" -l admin -d 'The super admin\'s email address [default: admin@localhost]' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand init" -l admin-name -d 'The super admin\'s name [default: Administrator]' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand init" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand init" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand init" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c deskctl -n "__fish_deskctl_using_subcommand seed" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand seed" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand seed" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand seed" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand seed" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand seed" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand seed" -l file -d 'An account document; `-` reads stdin' -r -F
complete -c deskctl -n "__fish_deskctl_using_subcommand seed" -l profile -d 'A ready-made account' -r -f -a "acme\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand seed" -l conversations -d 'Generate an account with this many conversations' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand seed" -l seed -d 'Generate another account of the same size; the same number gives the same account' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand seed" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand seed" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand seed" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand seed" -l if-empty -d 'Where there is an account already, leave it and succeed'
complete -c deskctl -n "__fish_deskctl_using_subcommand seed" -l replace -d 'Where there is an account already, put the new one in its place, once it is loaded'
complete -c deskctl -n "__fish_deskctl_using_subcommand seed" -l schema -d 'Print the JSON Schema of the document instead'
complete -c deskctl -n "__fish_deskctl_using_subcommand seed" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and not __fish_seen_subcommand_from list show connect update disconnect help" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and not __fish_seen_subcommand_from list show connect update disconnect help" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and not __fish_seen_subcommand_from list show connect update disconnect help" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and not __fish_seen_subcommand_from list show connect update disconnect help" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and not __fish_seen_subcommand_from list show connect update disconnect help" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and not __fish_seen_subcommand_from list show connect update disconnect help" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and not __fish_seen_subcommand_from list show connect update disconnect help" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and not __fish_seen_subcommand_from list show connect update disconnect help" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and not __fish_seen_subcommand_from list show connect update disconnect help" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and not __fish_seen_subcommand_from list show connect update disconnect help" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and not __fish_seen_subcommand_from list show connect update disconnect help" -f -a "list" -d 'List channels with what lies on them, and why one cannot move'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and not __fish_seen_subcommand_from list show connect update disconnect help" -f -a "show" -d 'Show a channel with its settings'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and not __fish_seen_subcommand_from list show connect update disconnect help" -f -a "connect" -d 'Connect an address to an inbox or to the help desk'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and not __fish_seen_subcommand_from list show connect update disconnect help" -f -a "update" -d 'Change a channel\'s name, address, inbox or settings'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and not __fish_seen_subcommand_from list show connect update disconnect help" -f -a "disconnect" -d 'Disconnect a channel: nothing arrives any more, what lies on it stays'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and not __fish_seen_subcommand_from list show connect update disconnect help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from list" -l inbox -d 'Only this inbox (name or id)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from list" -l kind -d 'Only this kind' -r -f -a "email\t''
chat\t''
form\t''
calling\t''
whatsapp\t''
facebook_messenger\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from list" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from list" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from list" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from list" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from list" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from list" -l movable -d 'Only channels that can move to the help desk'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from list" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from list" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from show" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from show" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from show" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from show" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from show" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from show" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from show" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from show" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from connect" -l name -d 'What people call it' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from connect" -l kind -d 'What it connects' -r -f -a "email\t''
chat\t''
form\t''
calling\t''
whatsapp\t''
facebook_messenger\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from connect" -l address -d 'The email address, number, page, chatflow or form; unique in the account' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from connect" -l inbox -d 'The inbox or help desk (name or id)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from connect" -l signature -d 'Appended to outgoing messages; an empty text takes it away' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from connect" -l ticket-creation -d 'Whether a new conversation gets a ticket' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from connect" -l ticket-stage -d 'The stage of new tickets (name, id or Pipeline/Stage); an empty text means the first open one' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from connect" -l routing -d 'Who gets new tickets' -r -f -a "no_one\t''
users\t''
teams\t''
skill\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from connect" -l route-user -d 'A user who gets new tickets; give all of them' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from connect" -l route-team -d 'A team that gets new tickets; give all of them' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from connect" -l route-skill -d 'The skill that agents need for new tickets' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from connect" -l only-available -d 'Whether new tickets go only to agents who are available' -r -f -a "true\t''
false\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from connect" -l bot-name -d 'The bot of a chatflow; an empty text takes it away' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from connect" -l bot-action -d 'The bot\'s actions, repeated or separated by commas; give all of them' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from connect" -l transcription -d 'Whether calls are written down' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from connect" -l automation -d 'Automation settings as a JSON object, kept as they are' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from connect" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from connect" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from connect" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from connect" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from connect" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from connect" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from connect" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from connect" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from connect" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from connect" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l name -d 'What people call it' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l address -d 'The new address' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l inbox -d 'Another conversations inbox; conversations stay where they lie' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l signature -d 'Appended to outgoing messages; an empty text takes it away' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l ticket-creation -d 'Whether a new conversation gets a ticket' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l ticket-stage -d 'The stage of new tickets (name, id or Pipeline/Stage); an empty text means the first open one' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l routing -d 'Who gets new tickets' -r -f -a "no_one\t''
users\t''
teams\t''
skill\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l route-user -d 'A user who gets new tickets; give all of them' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l route-team -d 'A team that gets new tickets; give all of them' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l route-skill -d 'The skill that agents need for new tickets' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l only-available -d 'Whether new tickets go only to agents who are available' -r -f -a "true\t''
false\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l bot-name -d 'The bot of a chatflow; an empty text takes it away' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l bot-action -d 'The bot\'s actions, repeated or separated by commas; give all of them' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l transcription -d 'Whether calls are written down' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l automation -d 'Automation settings as a JSON object, kept as they are' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from update" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from update" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from update" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from disconnect" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from disconnect" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from disconnect" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from disconnect" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from disconnect" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from disconnect" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from disconnect" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from disconnect" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from disconnect" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from disconnect" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from help" -f -a "list" -d 'List channels with what lies on them, and why one cannot move'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a channel with its settings'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from help" -f -a "connect" -d 'Connect an address to an inbox or to the help desk'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from help" -f -a "update" -d 'Change a channel\'s name, address, inbox or settings'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from help" -f -a "disconnect" -d 'Disconnect a channel: nothing arrives any more, what lies on it stays'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and not __fish_seen_subcommand_from plan start list status wait resume unschedule verify report help" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and not __fish_seen_subcommand_from plan start list status wait resume unschedule verify report help" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and not __fish_seen_subcommand_from plan start list status wait resume unschedule verify report help" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and not __fish_seen_subcommand_from plan start list status wait resume unschedule verify report help" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and not __fish_seen_subcommand_from plan start list status wait resume unschedule verify report help" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and not __fish_seen_subcommand_from plan start list status wait resume unschedule verify report help" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and not __fish_seen_subcommand_from plan start list status wait resume unschedule verify report help" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and not __fish_seen_subcommand_from plan start list status wait resume unschedule verify report help" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and not __fish_seen_subcommand_from plan start list status wait resume unschedule verify report help" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and not __fish_seen_subcommand_from plan start list status wait resume unschedule verify report help" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and not __fish_seen_subcommand_from plan start list status wait resume unschedule verify report help" -f -a "plan" -d 'Show what a move would do, and what stands in the way'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and not __fish_seen_subcommand_from plan start list status wait resume unschedule verify report help" -f -a "start" -d 'Move a channel to the help desk; this cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and not __fish_seen_subcommand_from plan start list status wait resume unschedule verify report help" -f -a "list" -d 'List all migrations, newest first'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and not __fish_seen_subcommand_from plan start list status wait resume unschedule verify report help" -f -a "status" -d 'Show where a migration stands; exit 0 completed, 8 pending, 1 failed or interrupted'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and not __fish_seen_subcommand_from plan start list status wait resume unschedule verify report help" -f -a "wait" -d 'Wait until a migration ends; exit 0 completed, 8 out of time, 1 failed or interrupted'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and not __fish_seen_subcommand_from plan start list status wait resume unschedule verify report help" -f -a "resume" -d 'Go on with an interrupted or failed migration from where it stands'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and not __fish_seen_subcommand_from plan start list status wait resume unschedule verify report help" -f -a "unschedule" -d 'Take back a migration whose channel has not moved yet, also one that failed before'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and not __fish_seen_subcommand_from plan start list status wait resume unschedule verify report help" -f -a "verify" -d 'Recount everything from the data itself: = as it should be, - missing, + unexpected, ! wrong'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and not __fish_seen_subcommand_from plan start list status wait resume unschedule verify report help" -f -a "report" -d 'Report what a migration did: text, json, or a self-contained HTML page'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and not __fish_seen_subcommand_from plan start list status wait resume unschedule verify report help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from plan" -l history -d 'Whether all historical conversations move too, or none; without it both choices are shown' -r -f -a "all\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from plan" -l map -d 'open=STAGE, closed=STAGE, or \'FILTER=STAGE\' for finer rules' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from plan" -l sla-historic -d 'SLAs of history: apply (clocks run from the create date), restart (from the move), exempt (none), or open=…,closed=…' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from plan" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from plan" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from plan" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from plan" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from plan" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from plan" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from plan" -l all -d 'Every movable channel, in the proposed order'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from plan" -l full -d 'Decide every conversation instead of estimating from counts'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from plan" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from plan" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from plan" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from plan" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from start" -l history -d 'Whether all historical conversations move too, or none (M2)' -r -f -a "all\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from start" -l map -d 'open=STAGE, closed=STAGE, or \'FILTER=STAGE\' for finer rules; the first match wins' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from start" -l sla-historic -d 'SLAs of history: apply (clocks run from the create date), restart (from the move), exempt (none), or open=…,closed=…' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from start" -l accept -d 'Accept a warning of the plan by its code' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from start" -l at -d 'Begin at this time: 02:00 (the next one), "tomorrow 02:00", +2h, or 2026-12-01T02:00:00+01:00' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from start" -l backup -d 'Write a backup to this file first' -r -F
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from start" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from start" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from start" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from start" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from start" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from start" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from start" -l mute-notifications -d 'Keep the notices that the run itself causes as muted (M9)'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from start" -l detach -d 'Return after the worker\'s first sign of life; the worker goes on by itself'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from start" -l strict -d 'Refuse to start while a warning is not accepted (exit 10)'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from start" -l slowly -d 'Move a few at a time and pause in between, so that one can watch'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from start" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from start" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from start" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from start" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from list" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from list" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from list" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from list" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from list" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from list" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from list" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from status" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from status" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from status" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from status" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from status" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from status" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from status" -l watch -d 'Go on showing it until it ends'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from status" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from status" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from status" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from wait" -l timeout -d 'How long to wait at most, such as 90s, 30m or 2h' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from wait" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from wait" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from wait" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from wait" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from wait" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from wait" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from wait" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from wait" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from wait" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from wait" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from resume" -l accept -d 'Accept what stands in the way, by its code' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from resume" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from resume" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from resume" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from resume" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from resume" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from resume" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from resume" -l detach -d 'Return after the worker\'s first sign of life'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from resume" -l worker -d 'This process is the detached worker'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from resume" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from resume" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from resume" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from resume" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from unschedule" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from unschedule" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from unschedule" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from unschedule" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from unschedule" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from unschedule" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from unschedule" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from unschedule" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from unschedule" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from unschedule" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from verify" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from verify" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from verify" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from verify" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from verify" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from verify" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from verify" -l all -d 'Also show conversations that are as they should be'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from verify" -l summary -d 'Only the totals'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from verify" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from verify" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from report" -l html -d 'Write a self-contained HTML page to this file' -r -F
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from report" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from report" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from report" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from report" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from report" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from report" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from report" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from report" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from report" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from report" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from help" -f -a "plan" -d 'Show what a move would do, and what stands in the way'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from help" -f -a "start" -d 'Move a channel to the help desk; this cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from help" -f -a "list" -d 'List all migrations, newest first'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from help" -f -a "status" -d 'Show where a migration stands; exit 0 completed, 8 pending, 1 failed or interrupted'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from help" -f -a "wait" -d 'Wait until a migration ends; exit 0 completed, 8 out of time, 1 failed or interrupted'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from help" -f -a "resume" -d 'Go on with an interrupted or failed migration from where it stands'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from help" -f -a "unschedule" -d 'Take back a migration whose channel has not moved yet, also one that failed before'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Recount everything from the data itself: = as it should be, - missing, + unexpected, ! wrong'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from help" -f -a "report" -d 'Report what a migration did: text, json, or a self-contained HTML page'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and not __fish_seen_subcommand_from list show receive reply start comment assign close reopen spam move attachment help" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and not __fish_seen_subcommand_from list show receive reply start comment assign close reopen spam move attachment help" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and not __fish_seen_subcommand_from list show receive reply start comment assign close reopen spam move attachment help" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and not __fish_seen_subcommand_from list show receive reply start comment assign close reopen spam move attachment help" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and not __fish_seen_subcommand_from list show receive reply start comment assign close reopen spam move attachment help" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and not __fish_seen_subcommand_from list show receive reply start comment assign close reopen spam move attachment help" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and not __fish_seen_subcommand_from list show receive reply start comment assign close reopen spam move attachment help" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and not __fish_seen_subcommand_from list show receive reply start comment assign close reopen spam move attachment help" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and not __fish_seen_subcommand_from list show receive reply start comment assign close reopen spam move attachment help" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and not __fish_seen_subcommand_from list show receive reply start comment assign close reopen spam move attachment help" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and not __fish_seen_subcommand_from list show receive reply start comment assign close reopen spam move attachment help" -f -a "list" -d 'List the conversations that you may see, newest first'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and not __fish_seen_subcommand_from list show receive reply start comment assign close reopen spam move attachment help" -f -a "show" -d 'Show a conversation with its channels, messages, ticket and history'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and not __fish_seen_subcommand_from list show receive reply start comment assign close reopen spam move attachment help" -f -a "receive" -d 'Put an incoming message into the store, as a connected channel would'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and not __fish_seen_subcommand_from list show receive reply start comment assign close reopen spam move attachment help" -f -a "reply" -d 'Answer the customer; on another channel the conversation moves there'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and not __fish_seen_subcommand_from list show receive reply start comment assign close reopen spam move attachment help" -f -a "start" -d 'Write first to the contact of a ticket, which begins a conversation'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and not __fish_seen_subcommand_from list show receive reply start comment assign close reopen spam move attachment help" -f -a "comment" -d 'Add a comment that only colleagues see'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and not __fish_seen_subcommand_from list show receive reply start comment assign close reopen spam move attachment help" -f -a "assign" -d 'Give conversations, and their tickets, to a user or to no one'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and not __fish_seen_subcommand_from list show receive reply start comment assign close reopen spam move attachment help" -f -a "close" -d 'Close conversations; their tickets stay as they are'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and not __fish_seen_subcommand_from list show receive reply start comment assign close reopen spam move attachment help" -f -a "reopen" -d 'Open closed conversations again; their tickets stay as they are'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and not __fish_seen_subcommand_from list show receive reply start comment assign close reopen spam move attachment help" -f -a "spam" -d 'Mark conversations, and their tickets, as spam'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and not __fish_seen_subcommand_from list show receive reply start comment assign close reopen spam move attachment help" -f -a "move" -d 'Move one conversation to an inbox or into the help desk; on the way out its ticket stays there'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and not __fish_seen_subcommand_from list show receive reply start comment assign close reopen spam move attachment help" -f -a "attachment" -d 'Get an attachment\'s content, on stdout or into a file'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and not __fish_seen_subcommand_from list show receive reply start comment assign close reopen spam move attachment help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from list" -l channel -d 'Only this channel (id or address)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from list" -l inbox -d 'Only this inbox (name or id)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from list" -l status -d 'Only open or closed ones' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from list" -l owner -d 'Only this owner\'s: an address, me or none' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from list" -l where -d 'Only what matches this filter, such as \'open and last_message_at < -7d\'; @FILE is read' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from list" -l limit -d 'How many to print; by default 50 in a table, and every row as json, ndjson or csv' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from list" -l after -d 'Go on after this id, the last one of the page before' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from list" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from list" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from list" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from list" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from list" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from list" -l spam -d 'Only spam'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from list" -l without-ticket -d 'Only those that have no ticket'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from list" -l all -d 'Print every row'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from list" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from list" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from show" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from show" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from show" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from show" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from show" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from show" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from show" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from show" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from receive" -l from -d 'Who sends it: an address, a number, or "Name <address>"' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from receive" -l text -d 'What it says; - reads stdin' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from receive" -l subject -d 'Its subject' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from receive" -l cc -d 'Who else gets it; may be repeated' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from receive" -l attach -d 'A file that comes with it, at most 25 MB; may be repeated' -r -F
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from receive" -l thread -d 'The sender\'s key of the thread: a known one continues its conversation' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from receive" -l conversation -d 'The conversation that it continues; on another channel it moves there (M21)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from receive" -l external-id -d 'The sender\'s id of the message: the same id on a channel is the same message' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from receive" -l at -d 'When it was sent: a time such as 2026-12-01T09:30:00+01:00, 09:30 (today) or -2h; by default now' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from receive" -l message-id -d 'The mail\'s own Message-ID' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from receive" -l reference -d 'A Message-ID that it refers to, oldest first; a known one continues its conversation' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from receive" -l in-reply-to -d 'The Message-ID that it answers' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from receive" -l input -d 'Read one message a line as JSON, with the same field names; - is stdin' -r -F
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from receive" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from receive" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from receive" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from receive" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from receive" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from receive" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from receive" -l html -d 'The text is HTML'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from receive" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from receive" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from receive" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from receive" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from reply" -l text -d 'What it says; - reads stdin' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from reply" -l subject -d 'Its subject' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from reply" -l cc -d 'Who else gets it; may be repeated' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from reply" -l attach -d 'A file that comes with it, at most 25 MB; may be repeated' -r -F
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from reply" -l channel -d 'Answer by this channel (id or address) and move the conversation there' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from reply" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from reply" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from reply" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from reply" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from reply" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from reply" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from reply" -l html -d 'The text is HTML'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from reply" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from reply" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from reply" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from reply" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from start" -l ticket -d 'The ticket\'s id' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from start" -l channel -d 'The channel to write by (id or address)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from start" -l text -d 'What it says; - reads stdin' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from start" -l subject -d 'Its subject' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from start" -l cc -d 'Who else gets it; may be repeated' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from start" -l attach -d 'A file that comes with it, at most 25 MB; may be repeated' -r -F
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from start" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from start" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from start" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from start" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from start" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from start" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from start" -l html -d 'The text is HTML'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from start" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from start" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from start" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from start" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from comment" -l text -d 'What it says; - reads stdin' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from comment" -l mention -d 'A colleague to tell, besides those that the text names like @anna@acme.example; may be repeated' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from comment" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from comment" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from comment" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from comment" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from comment" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from comment" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from comment" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from comment" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from comment" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from comment" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from assign" -l to -d 'The new owner: an address, me or none' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from assign" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from assign" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from assign" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from assign" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from assign" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from assign" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from assign" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from assign" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from assign" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from assign" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from close" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from close" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from close" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from close" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from close" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from close" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from close" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from close" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from close" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from close" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from reopen" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from reopen" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from reopen" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from reopen" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from reopen" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from reopen" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from reopen" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from reopen" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from reopen" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from reopen" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from spam" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from spam" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from spam" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from spam" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from spam" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from spam" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from spam" -l not -d 'They are none after all'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from spam" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from spam" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from spam" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from spam" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from move" -l to -d 'An inbox (name or id), or help-desk' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from move" -l assign -d 'Its owner from then on: an address, me or none' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from move" -l comment -d 'The reason, kept as an internal comment' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from move" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from move" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from move" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from move" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from move" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from move" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from move" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from move" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from move" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from move" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from attachment" -l to -d 'The file to write; without it, stdout' -r -F
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from attachment" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from attachment" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from attachment" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from attachment" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from attachment" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from attachment" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from attachment" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from attachment" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from attachment" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from attachment" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the conversations that you may see, newest first'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a conversation with its channels, messages, ticket and history'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from help" -f -a "receive" -d 'Put an incoming message into the store, as a connected channel would'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from help" -f -a "reply" -d 'Answer the customer; on another channel the conversation moves there'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from help" -f -a "start" -d 'Write first to the contact of a ticket, which begins a conversation'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from help" -f -a "comment" -d 'Add a comment that only colleagues see'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from help" -f -a "assign" -d 'Give conversations, and their tickets, to a user or to no one'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from help" -f -a "close" -d 'Close conversations; their tickets stay as they are'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from help" -f -a "reopen" -d 'Open closed conversations again; their tickets stay as they are'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from help" -f -a "spam" -d 'Mark conversations, and their tickets, as spam'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from help" -f -a "move" -d 'Move one conversation to an inbox or into the help desk; on the way out its ticket stays there'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from help" -f -a "attachment" -d 'Get an attachment\'s content, on stdout or into a file'
complete -c deskctl -n "__fish_deskctl_using_subcommand conversations; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and not __fish_seen_subcommand_from list show search create update merge delete restore history follow unfollow help" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and not __fish_seen_subcommand_from list show search create update merge delete restore history follow unfollow help" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and not __fish_seen_subcommand_from list show search create update merge delete restore history follow unfollow help" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and not __fish_seen_subcommand_from list show search create update merge delete restore history follow unfollow help" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and not __fish_seen_subcommand_from list show search create update merge delete restore history follow unfollow help" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and not __fish_seen_subcommand_from list show search create update merge delete restore history follow unfollow help" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and not __fish_seen_subcommand_from list show search create update merge delete restore history follow unfollow help" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and not __fish_seen_subcommand_from list show search create update merge delete restore history follow unfollow help" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and not __fish_seen_subcommand_from list show search create update merge delete restore history follow unfollow help" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and not __fish_seen_subcommand_from list show search create update merge delete restore history follow unfollow help" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and not __fish_seen_subcommand_from list show search create update merge delete restore history follow unfollow help" -f -a "list" -d 'List the help desk\'s tickets that you may see, newest activity first'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and not __fish_seen_subcommand_from list show search create update merge delete restore history follow unfollow help" -f -a "show" -d 'Show a ticket with its contacts, conversations, SLA and history; of a merged one the ticket that lives on'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and not __fish_seen_subcommand_from list show search create update merge delete restore history follow unfollow help" -f -a "search" -d 'Find tickets by name, id, description, contact (names, phones, email) or company, the newest first'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and not __fish_seen_subcommand_from list show search create update merge delete restore history follow unfollow help" -f -a "create" -d 'Make a ticket by hand'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and not __fish_seen_subcommand_from list show search create update merge delete restore history follow unfollow help" -f -a "update" -d 'Change tickets; what is not named stays as it is'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and not __fish_seen_subcommand_from list show search create update merge delete restore history follow unfollow help" -f -a "merge" -d 'Merge tickets into one, which holds both histories; this cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and not __fish_seen_subcommand_from list show search create update merge delete restore history follow unfollow help" -f -a "delete" -d 'Delete tickets; their conversations stay, and for 90 days they can be restored'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and not __fish_seen_subcommand_from list show search create update merge delete restore history follow unfollow help" -f -a "restore" -d 'Bring deleted tickets back'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and not __fish_seen_subcommand_from list show search create update merge delete restore history follow unfollow help" -f -a "history" -d 'List what was changed on a ticket, by whom and when, the newest first'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and not __fish_seen_subcommand_from list show search create update merge delete restore history follow unfollow help" -f -a "follow" -d 'Follow tickets: they show in your view Following'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and not __fish_seen_subcommand_from list show search create update merge delete restore history follow unfollow help" -f -a "unfollow" -d 'Follow tickets no longer'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and not __fish_seen_subcommand_from list show search create update merge delete restore history follow unfollow help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from list" -l status -d 'Only tickets in open or in closed stages' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from list" -l owner -d 'Only this owner\'s: an address, me or none' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from list" -l stage -d 'Only this stage: a name, an id or Pipeline/Stage' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from list" -l pipeline -d 'Only this pipeline (name or id)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from list" -l team -d 'Only this team (name or id)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from list" -l where -d 'Only what matches this filter, such as \'open and priority >= HIGH\'; JSON, or @FILE, are read too' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from list" -l sort -d 'The order: any property, with :desc for the largest first' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from list" -l limit -d 'How many to print; by default 50 in a table, and every row as json, ndjson or csv' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from list" -l after -d 'Go on where the page before ended, with what it printed' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from list" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from list" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from list" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from list" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from list" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from list" -l everywhere -d 'Also tickets outside the help desk, such as imported ones'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from list" -l spam -d 'Spam, which is not shown otherwise'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from list" -l deleted -d 'Deleted tickets that can be restored, the newest first'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from list" -l all -d 'Print every row'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from list" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from list" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from show" -l messages -d 'How many of the newest messages to show' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from show" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from show" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from show" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from show" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from show" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from show" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from show" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from show" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from search" -l by -d 'In which order: newest, or relevance (the best of the newest 1000)' -r -f -a "newest\t''
relevance\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from search" -l limit -d 'How many to print; by default 50 in a table, and every row as json, ndjson or csv' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from search" -l after -d 'Go on after this id, the last one of the page before' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from search" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from search" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from search" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from search" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from search" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from search" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from search" -l spam -d 'In spam, which is not searched otherwise'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from search" -l all -d 'Print every row'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from search" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from search" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from search" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from search" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from create" -l name -d 'What it is about' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from create" -l stage -d 'Its stage: a name, an id or Pipeline/Stage' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from create" -l pipeline -d 'Its pipeline (name or id), where the stage\'s name is not enough' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from create" -l owner -d 'Its owner: an address, me or none' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from create" -l team -d 'Its team; without it the owner\'s main team' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from create" -l contact -d 'A contact; may be repeated, the first is the main one' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from create" -l company -d 'Its company' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from create" -l deal -d 'A deal; may be repeated' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from create" -l priority -d 'LOW, MEDIUM, HIGH or URGENT' -r -f -a "LOW\t''
MEDIUM\t''
HIGH\t''
URGENT\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from create" -l category -d 'Its category' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from create" -l description -d 'More about it' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from create" -l source -d 'Where it comes from; without it MANUAL' -r -f -a "EMAIL\t''
CHAT\t''
FORM\t''
PHONE\t''
WHATSAPP\t''
FACEBOOK_MESSENGER\t''
MANUAL\t''
IMPORT\t''
API\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from create" -l set -d 'A custom property; may be repeated' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from create" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from create" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from create" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from create" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from create" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from create" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from create" -l outside -d 'Not in the help desk'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from create" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from create" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from update" -l where -d 'Instead of ids: every ticket of the help desk that you may see and that matches this filter; JSON, or @FILE, are read too' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from update" -l stage -d 'A stage: a name (of its own pipeline first), an id or Pipeline/Stage' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from update" -l owner -d 'The owner, whose main team becomes the ticket\'s team: an address, me or none' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from update" -l team -d 'The team: a name, an id or none' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from update" -l priority -d 'LOW, MEDIUM, HIGH, URGENT or none' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from update" -l category -d 'The category; an empty one removes it' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from update" -l name -d 'The name' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from update" -l description -d 'The description; an empty one removes it' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from update" -l company -d 'The company; an empty one removes it' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from update" -l add-contact -d 'Tie a contact to it; may be repeated' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from update" -l remove-contact -d 'Part a contact from it; may be repeated' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from update" -l add-deal -d 'Tie a deal to it; may be repeated' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from update" -l remove-deal -d 'Part a deal from it; may be repeated' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from update" -l set -d 'A custom property; an empty value takes it away; may be repeated' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from update" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from update" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from update" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from update" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from update" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from update" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from update" -l close -d 'Into the first closed stage of its pipeline'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from update" -l reopen -d 'Into the first open stage of its pipeline'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from update" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from update" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from update" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from merge" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from merge" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from merge" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from merge" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from merge" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from merge" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from merge" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from merge" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from merge" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from merge" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from delete" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from delete" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from delete" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from delete" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from delete" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from delete" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from delete" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from restore" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from restore" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from restore" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from restore" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from restore" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from restore" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from restore" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from restore" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from restore" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from restore" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from history" -l limit -d 'How many to print; by default 50 in a table, and every row as json, ndjson or csv' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from history" -l after -d 'Go on where the page before ended, with what it printed' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from history" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from history" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from history" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from history" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from history" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from history" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from history" -l all -d 'Print every row'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from history" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from history" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from history" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from history" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from follow" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from follow" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from follow" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from follow" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from follow" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from follow" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from follow" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from follow" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from follow" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from follow" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from unfollow" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from unfollow" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from unfollow" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from unfollow" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from unfollow" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from unfollow" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from unfollow" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from unfollow" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from unfollow" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from unfollow" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the help desk\'s tickets that you may see, newest activity first'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a ticket with its contacts, conversations, SLA and history; of a merged one the ticket that lives on'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from help" -f -a "search" -d 'Find tickets by name, id, description, contact (names, phones, email) or company, the newest first'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from help" -f -a "create" -d 'Make a ticket by hand'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from help" -f -a "update" -d 'Change tickets; what is not named stays as it is'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from help" -f -a "merge" -d 'Merge tickets into one, which holds both histories; this cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Delete tickets; their conversations stay, and for 90 days they can be restored'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from help" -f -a "restore" -d 'Bring deleted tickets back'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from help" -f -a "history" -d 'List what was changed on a ticket, by whom and when, the newest first'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from help" -f -a "follow" -d 'Follow tickets: they show in your view Following'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from help" -f -a "unfollow" -d 'Follow tickets no longer'
complete -c deskctl -n "__fish_deskctl_using_subcommand tickets; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and not __fish_seen_subcommand_from list show create update delete run count explain help" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and not __fish_seen_subcommand_from list show create update delete run count explain help" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and not __fish_seen_subcommand_from list show create update delete run count explain help" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and not __fish_seen_subcommand_from list show create update delete run count explain help" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and not __fish_seen_subcommand_from list show create update delete run count explain help" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and not __fish_seen_subcommand_from list show create update delete run count explain help" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and not __fish_seen_subcommand_from list show create update delete run count explain help" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and not __fish_seen_subcommand_from list show create update delete run count explain help" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and not __fish_seen_subcommand_from list show create update delete run count explain help" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and not __fish_seen_subcommand_from list show create update delete run count explain help" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and not __fish_seen_subcommand_from list show create update delete run count explain help" -f -a "list" -d 'List the views that you have: default ones, and those that you or others made'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and not __fish_seen_subcommand_from list show create update delete run count explain help" -f -a "show" -d 'Show a view: its filter, order, columns, and who sees it'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and not __fish_seen_subcommand_from list show create update delete run count explain help" -f -a "create" -d 'Make a view of your own, and share it'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and not __fish_seen_subcommand_from list show create update delete run count explain help" -f -a "update" -d 'Change a view, for everyone who sees it'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and not __fish_seen_subcommand_from list show create update delete run count explain help" -f -a "delete" -d 'Delete a view, for everyone who sees it; this cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and not __fish_seen_subcommand_from list show create update delete run count explain help" -f -a "run" -d 'List a view\'s tickets'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and not __fish_seen_subcommand_from list show create update delete run count explain help" -f -a "count" -d 'Count a view\'s tickets, exactly up to 10,000'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and not __fish_seen_subcommand_from list show create update delete run count explain help" -f -a "explain" -d 'Say what a view, or a filter, means: in words, in HubSpot\'s form, which index finds it, how many tickets match'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and not __fish_seen_subcommand_from list show create update delete run count explain help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from list" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from list" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from list" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from list" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from list" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from list" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from list" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from show" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from show" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from show" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from show" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from show" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from show" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from show" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from show" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from create" -l where -d 'What it shows: a filter such as \'open and priority >= HIGH\'; JSON, or @FILE, are read too' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from create" -l sort -d 'The order: any property, with :desc for the largest first; "" for the newest activity first' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from create" -l column -d 'The columns of its table, in order; "" for the usual ones' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from create" -l sharing -d 'Who else sees it' -r -f -a "private\t''
team\t''
everyone\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from create" -l team -d 'A team that sees it, by name or id; may be repeated. Without it, team means your main team' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from create" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from create" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from create" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from create" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from create" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from create" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from create" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from create" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from update" -l name -d 'Another name' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from update" -l where -d 'Another filter' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from update" -l sort -d 'The order: any property, with :desc for the largest first; "" for the newest activity first' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from update" -l column -d 'The columns of its table, in order; "" for the usual ones' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from update" -l sharing -d 'Who else sees it' -r -f -a "private\t''
team\t''
everyone\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from update" -l team -d 'A team that sees it, by name or id; may be repeated. Without it, team means your main team' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from update" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from update" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from update" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from update" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from update" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from update" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from update" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from update" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from update" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from delete" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from delete" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from delete" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from delete" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from delete" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from delete" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from delete" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from run" -l limit -d 'How many to print; by default 50 in a table, and every row as json, ndjson or csv' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from run" -l after -d 'Go on where the page before ended, with what it printed' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from run" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from run" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from run" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from run" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from run" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from run" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from run" -l all -d 'Print every row'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from run" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from run" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from run" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from run" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from count" -l where -d 'A filter instead of a view' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from count" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from count" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from count" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from count" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from count" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from count" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from count" -l exact -d 'Count all of them, however many there are'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from count" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from count" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from count" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from count" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from explain" -l where -d 'A filter instead of a view' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from explain" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from explain" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from explain" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from explain" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from explain" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from explain" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from explain" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from explain" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from explain" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from explain" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the views that you have: default ones, and those that you or others made'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a view: its filter, order, columns, and who sees it'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from help" -f -a "create" -d 'Make a view of your own, and share it'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from help" -f -a "update" -d 'Change a view, for everyone who sees it'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Delete a view, for everyone who sees it; this cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from help" -f -a "run" -d 'List a view\'s tickets'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from help" -f -a "count" -d 'Count a view\'s tickets, exactly up to 10,000'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from help" -f -a "explain" -d 'Say what a view, or a filter, means: in words, in HubSpot\'s form, which index finds it, how many tickets match'
complete -c deskctl -n "__fish_deskctl_using_subcommand views; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and not __fish_seen_subcommand_from list show create update delete help" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and not __fish_seen_subcommand_from list show create update delete help" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and not __fish_seen_subcommand_from list show create update delete help" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and not __fish_seen_subcommand_from list show create update delete help" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and not __fish_seen_subcommand_from list show create update delete help" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and not __fish_seen_subcommand_from list show create update delete help" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and not __fish_seen_subcommand_from list show create update delete help" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and not __fish_seen_subcommand_from list show create update delete help" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and not __fish_seen_subcommand_from list show create update delete help" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and not __fish_seen_subcommand_from list show create update delete help" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and not __fish_seen_subcommand_from list show create update delete help" -f -a "list" -d 'List contacts'
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and not __fish_seen_subcommand_from list show create update delete help" -f -a "show" -d 'Show a contact with the company and the last conversations'
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and not __fish_seen_subcommand_from list show create update delete help" -f -a "create" -d 'Add a contact'
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and not __fish_seen_subcommand_from list show create update delete help" -f -a "update" -d 'Change a contact; an empty text takes a value away'
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and not __fish_seen_subcommand_from list show create update delete help" -f -a "delete" -d 'Remove a contact who has no conversation and no ticket'
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and not __fish_seen_subcommand_from list show create update delete help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from list" -l limit -d 'How many to print; by default 50 in a table, and every row as json, ndjson or csv' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from list" -l after -d 'Go on after this id, the last one of the page before' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from list" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from list" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from list" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from list" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from list" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from list" -l all -d 'Print every row'
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from list" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from list" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from show" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from show" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from show" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from show" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from show" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from show" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from show" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from show" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from create" -l first-name -d 'The first name' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from create" -l last-name -d 'The last name' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from create" -l email -d 'The email address; no other contact may have it' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from create" -l phone -d 'The phone number' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from create" -l mobile-phone -d 'The mobile phone number' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from create" -l company -d 'The company\'s name, domain or id' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from create" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from create" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from create" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from create" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from create" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from create" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from create" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from create" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from update" -l first-name -d 'The first name' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from update" -l last-name -d 'The last name' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from update" -l email -d 'The email address; no other contact may have it' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from update" -l phone -d 'The phone number' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from update" -l mobile-phone -d 'The mobile phone number' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from update" -l company -d 'The company\'s name, domain or id' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from update" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from update" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from update" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from update" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from update" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from update" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from update" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from update" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from update" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from delete" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from delete" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from delete" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from delete" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from delete" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from delete" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from delete" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from help" -f -a "list" -d 'List contacts'
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a contact with the company and the last conversations'
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from help" -f -a "create" -d 'Add a contact'
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from help" -f -a "update" -d 'Change a contact; an empty text takes a value away'
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Remove a contact who has no conversation and no ticket'
complete -c deskctl -n "__fish_deskctl_using_subcommand contacts; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and not __fish_seen_subcommand_from list show create update delete help" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and not __fish_seen_subcommand_from list show create update delete help" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and not __fish_seen_subcommand_from list show create update delete help" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and not __fish_seen_subcommand_from list show create update delete help" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and not __fish_seen_subcommand_from list show create update delete help" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and not __fish_seen_subcommand_from list show create update delete help" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and not __fish_seen_subcommand_from list show create update delete help" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and not __fish_seen_subcommand_from list show create update delete help" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and not __fish_seen_subcommand_from list show create update delete help" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and not __fish_seen_subcommand_from list show create update delete help" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and not __fish_seen_subcommand_from list show create update delete help" -f -a "list" -d 'List companies'
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and not __fish_seen_subcommand_from list show create update delete help" -f -a "show" -d 'Show a company with its contacts'
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and not __fish_seen_subcommand_from list show create update delete help" -f -a "create" -d 'Add a company'
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and not __fish_seen_subcommand_from list show create update delete help" -f -a "update" -d 'Change a company'
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and not __fish_seen_subcommand_from list show create update delete help" -f -a "delete" -d 'Remove a company that nothing refers to'
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and not __fish_seen_subcommand_from list show create update delete help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from list" -l limit -d 'How many to print; by default 50 in a table, and every row as json, ndjson or csv' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from list" -l after -d 'Go on after this id, the last one of the page before' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from list" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from list" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from list" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from list" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from list" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from list" -l all -d 'Print every row'
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from list" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from list" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from show" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from show" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from show" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from show" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from show" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from show" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from show" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from show" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from create" -l domain -d 'Its domain, such as example.com' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from create" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from create" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from create" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from create" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from create" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from create" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from create" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from create" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from update" -l name -d 'The new name' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from update" -l domain -d 'The new domain; an empty text takes it away' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from update" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from update" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from update" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from update" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from update" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from update" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from update" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from update" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from update" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from delete" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from delete" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from delete" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from delete" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from delete" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from delete" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from delete" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from help" -f -a "list" -d 'List companies'
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a company with its contacts'
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from help" -f -a "create" -d 'Add a company'
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from help" -f -a "update" -d 'Change a company'
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Remove a company that nothing refers to'
complete -c deskctl -n "__fish_deskctl_using_subcommand companies; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and not __fish_seen_subcommand_from list show create update delete help" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and not __fish_seen_subcommand_from list show create update delete help" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and not __fish_seen_subcommand_from list show create update delete help" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and not __fish_seen_subcommand_from list show create update delete help" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and not __fish_seen_subcommand_from list show create update delete help" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and not __fish_seen_subcommand_from list show create update delete help" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and not __fish_seen_subcommand_from list show create update delete help" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and not __fish_seen_subcommand_from list show create update delete help" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and not __fish_seen_subcommand_from list show create update delete help" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and not __fish_seen_subcommand_from list show create update delete help" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and not __fish_seen_subcommand_from list show create update delete help" -f -a "list" -d 'List deals'
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and not __fish_seen_subcommand_from list show create update delete help" -f -a "show" -d 'Show a deal'
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and not __fish_seen_subcommand_from list show create update delete help" -f -a "create" -d 'Add a deal'
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and not __fish_seen_subcommand_from list show create update delete help" -f -a "update" -d 'Change a deal'
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and not __fish_seen_subcommand_from list show create update delete help" -f -a "delete" -d 'Remove a deal that no ticket is tied to'
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and not __fish_seen_subcommand_from list show create update delete help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from list" -l limit -d 'How many to print; by default 50 in a table, and every row as json, ndjson or csv' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from list" -l after -d 'Go on after this id, the last one of the page before' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from list" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from list" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from list" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from list" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from list" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from list" -l all -d 'Print every row'
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from list" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from list" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from show" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from show" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from show" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from show" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from show" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from show" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from show" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from show" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from create" -l amount -d 'What it is worth, such as 1200 or 99.50' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from create" -l company -d 'Its company' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from create" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from create" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from create" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from create" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from create" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from create" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from create" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from create" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from update" -l name -d 'The new name' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from update" -l amount -d 'The new amount; an empty text takes it away' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from update" -l company -d 'The new company; an empty text takes it away' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from update" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from update" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from update" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from update" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from update" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from update" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from update" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from update" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from update" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from delete" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from delete" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from delete" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from delete" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from delete" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from delete" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from delete" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from help" -f -a "list" -d 'List deals'
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a deal'
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from help" -f -a "create" -d 'Add a deal'
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from help" -f -a "update" -d 'Change a deal'
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Remove a deal that no ticket is tied to'
complete -c deskctl -n "__fish_deskctl_using_subcommand deals; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and not __fish_seen_subcommand_from list show create update delete help" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and not __fish_seen_subcommand_from list show create update delete help" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and not __fish_seen_subcommand_from list show create update delete help" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and not __fish_seen_subcommand_from list show create update delete help" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and not __fish_seen_subcommand_from list show create update delete help" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and not __fish_seen_subcommand_from list show create update delete help" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and not __fish_seen_subcommand_from list show create update delete help" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and not __fish_seen_subcommand_from list show create update delete help" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and not __fish_seen_subcommand_from list show create update delete help" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and not __fish_seen_subcommand_from list show create update delete help" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and not __fish_seen_subcommand_from list show create update delete help" -f -a "list" -d 'List custom properties'
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and not __fish_seen_subcommand_from list show create update delete help" -f -a "show" -d 'Show a custom property'
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and not __fish_seen_subcommand_from list show create update delete help" -f -a "create" -d 'Add a custom property'
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and not __fish_seen_subcommand_from list show create update delete help" -f -a "update" -d 'Change a custom property\'s label or options'
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and not __fish_seen_subcommand_from list show create update delete help" -f -a "delete" -d 'Remove a custom property with every value of it; this cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and not __fish_seen_subcommand_from list show create update delete help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from list" -l object -d 'The kind of object that has it' -r -f -a "ticket\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from list" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from list" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from list" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from list" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from list" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from list" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from list" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from show" -l object -d 'The kind of object that has it' -r -f -a "ticket\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from show" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from show" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from show" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from show" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from show" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from show" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from show" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from show" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from create" -l object -d 'The kind of object that has it' -r -f -a "ticket\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from create" -l kind -d 'What its values are' -r -f -a "text\t''
number\t''
date\t''
datetime\t''
bool\t''
enumeration\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from create" -l label -d 'How people call it; without it the name' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from create" -l option -d 'A value that an enumeration may have; may be repeated' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from create" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from create" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from create" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from create" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from create" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from create" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from create" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from create" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from update" -l object -d 'The kind of object that has it' -r -f -a "ticket\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from update" -l label -d 'The new label' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from update" -l add-option -d 'A further option of an enumeration; may be repeated' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from update" -l remove-option -d 'Take away an option that no ticket has; may be repeated' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from update" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from update" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from update" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from update" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from update" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from update" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from update" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from update" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from update" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from delete" -l object -d 'The kind of object that has it' -r -f -a "ticket\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from delete" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from delete" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from delete" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from delete" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from delete" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from delete" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from delete" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from help" -f -a "list" -d 'List custom properties'
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a custom property'
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from help" -f -a "create" -d 'Add a custom property'
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from help" -f -a "update" -d 'Change a custom property\'s label or options'
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Remove a custom property with every value of it; this cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand properties; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and not __fish_seen_subcommand_from list show create update delete help" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and not __fish_seen_subcommand_from list show create update delete help" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and not __fish_seen_subcommand_from list show create update delete help" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and not __fish_seen_subcommand_from list show create update delete help" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and not __fish_seen_subcommand_from list show create update delete help" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and not __fish_seen_subcommand_from list show create update delete help" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and not __fish_seen_subcommand_from list show create update delete help" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and not __fish_seen_subcommand_from list show create update delete help" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and not __fish_seen_subcommand_from list show create update delete help" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and not __fish_seen_subcommand_from list show create update delete help" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and not __fish_seen_subcommand_from list show create update delete help" -f -a "list" -d 'List users, with who has help desk access'
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and not __fish_seen_subcommand_from list show create update delete help" -f -a "show" -d 'Show a user'
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and not __fish_seen_subcommand_from list show create update delete help" -f -a "create" -d 'Add a user'
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and not __fish_seen_subcommand_from list show create update delete help" -f -a "update" -d 'Change a user'
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and not __fish_seen_subcommand_from list show create update delete help" -f -a "delete" -d 'Remove a user to whom nothing belongs; others are deactivated'
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and not __fish_seen_subcommand_from list show create update delete help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from list" -l team -d 'Only members of this team' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from list" -l role -d 'Only this role' -r -f -a "super_admin\t''
member\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from list" -l active -d 'Only active users, or only others' -r -f -a "true\t''
false\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from list" -l help-desk-access -d 'Only users with help desk access, or only others' -r -f -a "true\t''
false\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from list" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from list" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from list" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from list" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from list" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from list" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from list" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from show" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from show" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from show" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from show" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from show" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from show" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from show" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from show" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from create" -l name -d 'What people call the user' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from create" -l role -d 'A super admin may do everything' -r -f -a "super_admin\t''
member\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from create" -l permission -d 'All permissions of the user, repeated or separated by commas; "none" takes them away' -r -f -a "account_access\t''
custom_views\t''
agent_editor\t''
service_access\t''
sales_access\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from create" -l seat -d 'The paid seat; a service seat brings help desk access' -r -f -a "service\t''
core\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from create" -l active -d 'Whether the user may work in the account' -r -f -a "true\t''
false\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from create" -l ticket-access -d 'Which tickets the user sees: all, those of the own teams, or the own ones' -r -f -a "all\t''
team\t''
own\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from create" -l unassigned-visible -d 'Whether the user sees tickets that belong to nobody' -r -f -a "true\t''
false\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from create" -l team -d 'The main team; an empty text takes it away' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from create" -l more-team -d 'A further team; give all of them, or an empty text for none' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from create" -l hours -d 'Working hours of their own, by name (deskctl sla hours list); "none" takes them away, and those of the main team count' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from create" -l availability -d 'Whether the user takes on work now; every user may set the own one' -r -f -a "available\t''
away\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from create" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from create" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from create" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from create" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from create" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from create" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from create" -l activate -d 'The same as --active true'
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from create" -l deactivate -d 'The same as --active false'
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from create" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from create" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from update" -l email -d 'The new email address' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from update" -l name -d 'What people call the user' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from update" -l role -d 'A super admin may do everything' -r -f -a "super_admin\t''
member\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from update" -l permission -d 'All permissions of the user, repeated or separated by commas; "none" takes them away' -r -f -a "account_access\t''
custom_views\t''
agent_editor\t''
service_access\t''
sales_access\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from update" -l seat -d 'The paid seat; a service seat brings help desk access' -r -f -a "service\t''
core\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from update" -l active -d 'Whether the user may work in the account' -r -f -a "true\t''
false\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from update" -l ticket-access -d 'Which tickets the user sees: all, those of the own teams, or the own ones' -r -f -a "all\t''
team\t''
own\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from update" -l unassigned-visible -d 'Whether the user sees tickets that belong to nobody' -r -f -a "true\t''
false\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from update" -l team -d 'The main team; an empty text takes it away' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from update" -l more-team -d 'A further team; give all of them, or an empty text for none' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from update" -l hours -d 'Working hours of their own, by name (deskctl sla hours list); "none" takes them away, and those of the main team count' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from update" -l availability -d 'Whether the user takes on work now; every user may set the own one' -r -f -a "available\t''
away\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from update" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from update" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from update" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from update" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from update" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from update" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from update" -l activate -d 'The same as --active true'
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from update" -l deactivate -d 'The same as --active false'
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from update" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from update" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from update" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from delete" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from delete" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from delete" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from delete" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from delete" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from delete" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from delete" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from help" -f -a "list" -d 'List users, with who has help desk access'
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a user'
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from help" -f -a "create" -d 'Add a user'
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from help" -f -a "update" -d 'Change a user'
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Remove a user to whom nothing belongs; others are deactivated'
complete -c deskctl -n "__fish_deskctl_using_subcommand users; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and not __fish_seen_subcommand_from list show create update delete help" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and not __fish_seen_subcommand_from list show create update delete help" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and not __fish_seen_subcommand_from list show create update delete help" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and not __fish_seen_subcommand_from list show create update delete help" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and not __fish_seen_subcommand_from list show create update delete help" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and not __fish_seen_subcommand_from list show create update delete help" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and not __fish_seen_subcommand_from list show create update delete help" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and not __fish_seen_subcommand_from list show create update delete help" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and not __fish_seen_subcommand_from list show create update delete help" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and not __fish_seen_subcommand_from list show create update delete help" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and not __fish_seen_subcommand_from list show create update delete help" -f -a "list" -d 'List teams with their members'
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and not __fish_seen_subcommand_from list show create update delete help" -f -a "show" -d 'Show a team with its members'
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and not __fish_seen_subcommand_from list show create update delete help" -f -a "create" -d 'Add a team; its members are set on the users'
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and not __fish_seen_subcommand_from list show create update delete help" -f -a "update" -d 'Change a team\'s name or working hours'
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and not __fish_seen_subcommand_from list show create update delete help" -f -a "delete" -d 'Remove a team that nothing refers to'
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and not __fish_seen_subcommand_from list show create update delete help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from list" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from list" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from list" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from list" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from list" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from list" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from list" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from show" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from show" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from show" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from show" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from show" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from show" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from show" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from show" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from create" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from create" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from create" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from create" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from create" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from create" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from create" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from create" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from update" -l name -d 'The new name' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from update" -l hours -d 'Working hours by name, for those whose main team it is and who have none of their own; "none" takes them away' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from update" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from update" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from update" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from update" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from update" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from update" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from update" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from update" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from update" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from delete" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from delete" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from delete" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from delete" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from delete" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from delete" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from delete" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from help" -f -a "list" -d 'List teams with their members'
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a team with its members'
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from help" -f -a "create" -d 'Add a team; its members are set on the users'
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from help" -f -a "update" -d 'Change a team\'s name or working hours'
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Remove a team that nothing refers to'
complete -c deskctl -n "__fish_deskctl_using_subcommand teams; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and not __fish_seen_subcommand_from list show create update delete help" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and not __fish_seen_subcommand_from list show create update delete help" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and not __fish_seen_subcommand_from list show create update delete help" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and not __fish_seen_subcommand_from list show create update delete help" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and not __fish_seen_subcommand_from list show create update delete help" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and not __fish_seen_subcommand_from list show create update delete help" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and not __fish_seen_subcommand_from list show create update delete help" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and not __fish_seen_subcommand_from list show create update delete help" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and not __fish_seen_subcommand_from list show create update delete help" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and not __fish_seen_subcommand_from list show create update delete help" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and not __fish_seen_subcommand_from list show create update delete help" -f -a "list" -d 'List inboxes and the help desk'
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and not __fish_seen_subcommand_from list show create update delete help" -f -a "show" -d 'Show an inbox with its channels, and whether a migration is at work on it'
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and not __fish_seen_subcommand_from list show create update delete help" -f -a "create" -d 'Add an inbox, or the account\'s one help desk'
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and not __fish_seen_subcommand_from list show create update delete help" -f -a "update" -d 'Rename an inbox'
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and not __fish_seen_subcommand_from list show create update delete help" -f -a "delete" -d 'Remove an inbox that holds nothing'
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and not __fish_seen_subcommand_from list show create update delete help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from list" -l kind -d 'Only this kind' -r -f -a "inbox\t''
help_desk\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from list" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from list" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from list" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from list" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from list" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from list" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from list" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from show" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from show" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from show" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from show" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from show" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from show" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from show" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from show" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from create" -l kind -d 'A conversations inbox, or the help desk' -r -f -a "inbox\t''
help_desk\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from create" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from create" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from create" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from create" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from create" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from create" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from create" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from create" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from update" -l name -d 'The new name' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from update" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from update" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from update" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from update" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from update" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from update" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from update" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from update" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from update" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from delete" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from delete" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from delete" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from delete" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from delete" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from delete" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from delete" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from help" -f -a "list" -d 'List inboxes and the help desk'
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show an inbox with its channels, and whether a migration is at work on it'
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from help" -f -a "create" -d 'Add an inbox, or the account\'s one help desk'
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from help" -f -a "update" -d 'Rename an inbox'
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Remove an inbox that holds nothing'
complete -c deskctl -n "__fish_deskctl_using_subcommand inboxes; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and not __fish_seen_subcommand_from list show create update delete add-stage update-stage remove-stage help" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and not __fish_seen_subcommand_from list show create update delete add-stage update-stage remove-stage help" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and not __fish_seen_subcommand_from list show create update delete add-stage update-stage remove-stage help" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and not __fish_seen_subcommand_from list show create update delete add-stage update-stage remove-stage help" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and not __fish_seen_subcommand_from list show create update delete add-stage update-stage remove-stage help" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and not __fish_seen_subcommand_from list show create update delete add-stage update-stage remove-stage help" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and not __fish_seen_subcommand_from list show create update delete add-stage update-stage remove-stage help" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and not __fish_seen_subcommand_from list show create update delete add-stage update-stage remove-stage help" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and not __fish_seen_subcommand_from list show create update delete add-stage update-stage remove-stage help" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and not __fish_seen_subcommand_from list show create update delete add-stage update-stage remove-stage help" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and not __fish_seen_subcommand_from list show create update delete add-stage update-stage remove-stage help" -f -a "list" -d 'List pipelines with their stages'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and not __fish_seen_subcommand_from list show create update delete add-stage update-stage remove-stage help" -f -a "show" -d 'Show a pipeline: its stages, their states, how many tickets stand in each'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and not __fish_seen_subcommand_from list show create update delete add-stage update-stage remove-stage help" -f -a "create" -d 'Add a pipeline with its stages, in order'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and not __fish_seen_subcommand_from list show create update delete add-stage update-stage remove-stage help" -f -a "update" -d 'Rename a pipeline, or give it another place; the first one is the default'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and not __fish_seen_subcommand_from list show create update delete add-stage update-stage remove-stage help" -f -a "delete" -d 'Remove a pipeline in which no ticket stands'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and not __fish_seen_subcommand_from list show create update delete add-stage update-stage remove-stage help" -f -a "add-stage" -d 'Add a stage to a pipeline'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and not __fish_seen_subcommand_from list show create update delete add-stage update-stage remove-stage help" -f -a "update-stage" -d 'Rename a stage, change its place, or its state: its tickets open or close with it'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and not __fish_seen_subcommand_from list show create update delete add-stage update-stage remove-stage help" -f -a "remove-stage" -d 'Remove a stage in which no ticket stands'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and not __fish_seen_subcommand_from list show create update delete add-stage update-stage remove-stage help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from list" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from list" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from list" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from list" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from list" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from list" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from list" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from show" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from show" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from show" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from show" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from show" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from show" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from show" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from show" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from create" -l stage -d 'A stage and its state, OPEN or CLOSED' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from create" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from create" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from create" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from create" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from create" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from create" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from create" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from create" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from update" -l name -d 'The new name' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from update" -l position -d 'Its place among the pipelines, from 1' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from update" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from update" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from update" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from update" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from update" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from update" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from update" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from update" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from update" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from delete" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from delete" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from delete" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from delete" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from delete" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from delete" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from delete" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from add-stage" -l state -d 'Whether its tickets are open or closed' -r -f -a "OPEN\t''
CLOSED\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from add-stage" -l position -d 'Its place in the pipeline, from 1; at the end without it' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from add-stage" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from add-stage" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from add-stage" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from add-stage" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from add-stage" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from add-stage" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from add-stage" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from add-stage" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from add-stage" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from add-stage" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from update-stage" -l name -d 'The new name' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from update-stage" -l state -d 'Whether its tickets are open or closed' -r -f -a "OPEN\t''
CLOSED\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from update-stage" -l position -d 'Its place in the pipeline, from 1' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from update-stage" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from update-stage" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from update-stage" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from update-stage" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from update-stage" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from update-stage" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from update-stage" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from update-stage" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from update-stage" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from update-stage" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from remove-stage" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from remove-stage" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from remove-stage" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from remove-stage" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from remove-stage" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from remove-stage" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from remove-stage" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from remove-stage" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from remove-stage" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from remove-stage" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from help" -f -a "list" -d 'List pipelines with their stages'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a pipeline: its stages, their states, how many tickets stand in each'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from help" -f -a "create" -d 'Add a pipeline with its stages, in order'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from help" -f -a "update" -d 'Rename a pipeline, or give it another place; the first one is the default'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Remove a pipeline in which no ticket stands'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from help" -f -a "add-stage" -d 'Add a stage to a pipeline'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from help" -f -a "update-stage" -d 'Rename a stage, change its place, or its state: its tickets open or close with it'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from help" -f -a "remove-stage" -d 'Remove a stage in which no ticket stands'
complete -c deskctl -n "__fish_deskctl_using_subcommand pipelines; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand bots; and not __fish_seen_subcommand_from conditions help" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand bots; and not __fish_seen_subcommand_from conditions help" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand bots; and not __fish_seen_subcommand_from conditions help" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand bots; and not __fish_seen_subcommand_from conditions help" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand bots; and not __fish_seen_subcommand_from conditions help" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand bots; and not __fish_seen_subcommand_from conditions help" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand bots; and not __fish_seen_subcommand_from conditions help" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand bots; and not __fish_seen_subcommand_from conditions help" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand bots; and not __fish_seen_subcommand_from conditions help" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand bots; and not __fish_seen_subcommand_from conditions help" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand bots; and not __fish_seen_subcommand_from conditions help" -f -a "conditions" -d 'The conditions under which a chatflow\'s bot may move to the help desk'
complete -c deskctl -n "__fish_deskctl_using_subcommand bots; and not __fish_seen_subcommand_from conditions help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand bots; and __fish_seen_subcommand_from conditions" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand bots; and __fish_seen_subcommand_from conditions" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand bots; and __fish_seen_subcommand_from conditions" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand bots; and __fish_seen_subcommand_from conditions" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand bots; and __fish_seen_subcommand_from conditions" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand bots; and __fish_seen_subcommand_from conditions" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand bots; and __fish_seen_subcommand_from conditions" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand bots; and __fish_seen_subcommand_from conditions" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand bots; and __fish_seen_subcommand_from conditions" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand bots; and __fish_seen_subcommand_from conditions" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand bots; and __fish_seen_subcommand_from conditions" -f -a "list" -d 'List the bot actions, whether a bot that moves may contain them, and why'
complete -c deskctl -n "__fish_deskctl_using_subcommand bots; and __fish_seen_subcommand_from conditions" -f -a "set" -d 'Allow or forbid an action, with the reason'
complete -c deskctl -n "__fish_deskctl_using_subcommand bots; and __fish_seen_subcommand_from conditions" -f -a "remove" -d 'Take an action out of the list: a bot that contains it cannot move then'
complete -c deskctl -n "__fish_deskctl_using_subcommand bots; and __fish_seen_subcommand_from conditions" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand bots; and __fish_seen_subcommand_from help" -f -a "conditions" -d 'The conditions under which a chatflow\'s bot may move to the help desk'
complete -c deskctl -n "__fish_deskctl_using_subcommand bots; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and not __fish_seen_subcommand_from show set clear explain due report backtest hours holidays calc help" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and not __fish_seen_subcommand_from show set clear explain due report backtest hours holidays calc help" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and not __fish_seen_subcommand_from show set clear explain due report backtest hours holidays calc help" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and not __fish_seen_subcommand_from show set clear explain due report backtest hours holidays calc help" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and not __fish_seen_subcommand_from show set clear explain due report backtest hours holidays calc help" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and not __fish_seen_subcommand_from show set clear explain due report backtest hours holidays calc help" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and not __fish_seen_subcommand_from show set clear explain due report backtest hours holidays calc help" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and not __fish_seen_subcommand_from show set clear explain due report backtest hours holidays calc help" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and not __fish_seen_subcommand_from show set clear explain due report backtest hours holidays calc help" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and not __fish_seen_subcommand_from show set clear explain due report backtest hours holidays calc help" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and not __fish_seen_subcommand_from show set clear explain due report backtest hours holidays calc help" -f -a "show" -d 'Show the policy: which targets hold for which tickets, and what is doubtful about it'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and not __fish_seen_subcommand_from show set clear explain due report backtest hours holidays calc help" -f -a "set" -d 'Set targets for all tickets, or by the value of one property'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and not __fish_seen_subcommand_from show set clear explain due report backtest hours holidays calc help" -f -a "clear" -d 'Switch SLAs off: no ticket has targets from now on'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and not __fish_seen_subcommand_from show set clear explain due report backtest hours holidays calc help" -f -a "explain" -d 'Explain a ticket\'s targets: which rule and why, which windows of which days counted, pauses, the due time'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and not __fish_seen_subcommand_from show set clear explain due report backtest hours holidays calc help" -f -a "due" -d 'List what is due soon or overdue now, the most urgent first'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and not __fish_seen_subcommand_from show set clear explain due report backtest hours holidays calc help" -f -a "report" -d 'Report how well targets were met: by team, priority, channel, agent or week'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and not __fish_seen_subcommand_from show set clear explain due report backtest hours holidays calc help" -f -a "backtest" -d 'Replay the history under other targets or working hours: breaches won and lost, before anything is changed'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and not __fish_seen_subcommand_from show set clear explain due report backtest hours holidays calc help" -f -a "hours" -d 'Working hours: calendars by which targets can count'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and not __fish_seen_subcommand_from show set clear explain due report backtest hours holidays calc help" -f -a "holidays" -d 'Holidays of working hours: the days of a year, and the rules that give them'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and not __fish_seen_subcommand_from show set clear explain due report backtest hours holidays calc help" -f -a "calc" -d 'Compute when a target is due, in working hours or around the clock'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and not __fish_seen_subcommand_from show set clear explain due report backtest hours holidays calc help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from show" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from show" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from show" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from show" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from show" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from show" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from show" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from show" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from set" -l file -d 'A whole policy as JSON, in place of the one in force; - is stdin' -r -F
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from set" -l by -d 'The property whose values choose the targets' -r -f -a "priority\t''
team\t''
source\t''
pipeline\t''
category\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from set" -l value -d 'A value whose targets are set; may be repeated. Without any, those of all other tickets' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from set" -l off -d 'Whether these values have no SLA at all' -r -f -a "true\t''
false\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from set" -l first-response -d 'Time to first response: 90m, 4h, 2d' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from set" -l first-response-due-soon -d 'How long before it is due it is due soon, in the target\'s own time' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from set" -l next-response -d 'Time to next response' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from set" -l next-response-due-soon -d 'How long before it is due it is due soon' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from set" -l close -d 'Time to close' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from set" -l close-due-soon -d 'How long before it is due it is due soon' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from set" -l without -d 'A target to take away; may be repeated' -r -f -a "first_response\t''
next_response\t''
close\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from set" -l hours -d 'Working hours by name, or 24/7: for these values where any are given, else for the policy' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from set" -l position -d 'Where the rule stands among the others, from 1' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from set" -l pause -d 'A stage in which clocks stand still (Pipeline/Stage, name or id); give all of them' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from set" -l pause-target -d 'Which clocks stand still there; by default all' -r -f -a "first_response\t''
next_response\t''
close\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from set" -l bot-replies-count -d 'Whether a bot\'s answer is a response' -r -f -a "true\t''
false\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from set" -l reopen -d 'What a reopened ticket\'s time to close does: continue, or the first closing decides' -r -f -a "continue\t''
first\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from set" -l merge -d 'What a ticket takes over from one that is merged into it' -r -f -a "nothing\t''
unanswered\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from set" -l apply-to -d 'For new tickets only, or for open ones too' -r -f -a "new\t''
open\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from set" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from set" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from set" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from set" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from set" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from set" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from set" -l no-pauses -d 'No stage pauses any more'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from set" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from set" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from set" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from clear" -l apply-to -d 'For new tickets only, or for open ones too' -r -f -a "new\t''
open\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from clear" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from clear" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from clear" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from clear" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from clear" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from clear" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from clear" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from clear" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from clear" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from clear" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from explain" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from explain" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from explain" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from explain" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from explain" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from explain" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from explain" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from explain" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from explain" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from due" -l within -d 'Whatever is due within this time of the clock on the wall, due soon by its lead or not; and what is overdue' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from due" -l kind -d 'Only this target' -r -f -a "first_response\t''
next_response\t''
close\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from due" -l owner -d 'Only this owner\'s: an address, me or none' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from due" -l team -d 'Only this team (name or id)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from due" -l limit -d 'How many to print; by default 50 in a table, and every row as json, ndjson or csv' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from due" -l after -d 'Go on where the page before ended, with what it printed' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from due" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from due" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from due" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from due" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from due" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from due" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from due" -l all -d 'Print every row'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from due" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from due" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from due" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from due" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from report" -l by -d 'What is counted together' -r -f -a "target\t''
team\t''
priority\t''
channel\t''
agent\t''
week\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from report" -l kind -d 'Only this target' -r -f -a "first_response\t''
next_response\t''
close\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from report" -l team -d 'Only tickets of this team (name or id)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from report" -l since -d 'Only what was met or missed since then: a time, a date, or a time ago such as 30d' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from report" -l until -d 'Only what was met or missed before then' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from report" -l limit -d 'How many to print; by default 50 in a table, and every row as json, ndjson or csv' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from report" -l after -d 'Go on where the page before ended, with what it printed' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from report" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from report" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from report" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from report" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from report" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from report" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from report" -l breaches -d 'List what was missed instead, in the order of tickets'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from report" -l all -d 'Print every row'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from report" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from report" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from report" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from report" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from backtest" -l by -d 'The property whose values choose the targets' -r -f -a "priority\t''
team\t''
source\t''
pipeline\t''
category\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from backtest" -l value -d 'A value whose targets are set; may be repeated. Without any, those of all other tickets' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from backtest" -l off -d 'Whether these values have no SLA at all' -r -f -a "true\t''
false\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from backtest" -l first-response -d 'Time to first response: 90m, 4h, 2d' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from backtest" -l first-response-due-soon -d 'How long before it is due it is due soon, in the target\'s own time' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from backtest" -l next-response -d 'Time to next response' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from backtest" -l next-response-due-soon -d 'How long before it is due it is due soon' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from backtest" -l close -d 'Time to close' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from backtest" -l close-due-soon -d 'How long before it is due it is due soon' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from backtest" -l without -d 'A target to take away; may be repeated' -r -f -a "first_response\t''
next_response\t''
close\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from backtest" -l hours -d 'Working hours by name, or 24/7: for these values where any are given, else for the policy' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from backtest" -l position -d 'Where the rule stands among the others, from 1' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from backtest" -l pause -d 'A stage in which clocks stand still (Pipeline/Stage, name or id); give all of them' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from backtest" -l pause-target -d 'Which clocks stand still there; by default all' -r -f -a "first_response\t''
next_response\t''
close\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from backtest" -l bot-replies-count -d 'Whether a bot\'s answer is a response' -r -f -a "true\t''
false\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from backtest" -l reopen -d 'What a reopened ticket\'s time to close does: continue, or the first closing decides' -r -f -a "continue\t''
first\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from backtest" -l merge -d 'What a ticket takes over from one that is merged into it' -r -f -a "nothing\t''
unanswered\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from backtest" -l hours-file -d 'Other working hours as JSON (what sla hours show -o json prints), in place of those of that name; may be repeated' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from backtest" -l since -d 'Only tickets made on this day or later (in the account\'s time zone), since a time, or 90d for the last 90 days' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from backtest" -l until -d 'Only tickets made until the end of this day, or before a time' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from backtest" -l limit -d 'How many clocks to show; by default 20 in a table, else all' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from backtest" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from backtest" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from backtest" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from backtest" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from backtest" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from backtest" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from backtest" -l set -d 'Says that options of sla set follow; they do without it'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from backtest" -l no-pauses -d 'No stage pauses any more'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from backtest" -l all -d 'Show every clock that differs'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from backtest" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from backtest" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from backtest" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from backtest" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from hours" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from hours" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from hours" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from hours" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from hours" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from hours" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from hours" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from hours" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from hours" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from hours" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from hours" -f -a "list" -d 'List the working hours, and the rules that count by them'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from hours" -f -a "show" -d 'Show working hours with all their dates'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from hours" -f -a "set" -d 'Make working hours, or change their zone and week'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from hours" -f -a "add" -d 'Add holidays, extra windows, and dates with windows of their own'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from hours" -f -a "import" -d 'Add the holidays of an iCalendar file (.ics)'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from hours" -f -a "remove" -d 'Remove working hours, or some of their dates'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from hours" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from holidays" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from holidays" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from holidays" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from holidays" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from holidays" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from holidays" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from holidays" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from holidays" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from holidays" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from holidays" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from holidays" -f -a "list" -d 'List the holidays of a year, day by day'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from holidays" -f -a "add" -d 'Add holidays; another name for one that is there replaces the old one'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from holidays" -f -a "remove" -d 'Remove holidays'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from holidays" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from calc" -l hours -d 'Working hours: a JSON file, a name, or 24/7; with --input, those of lines that name none' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from calc" -l start -d 'When it begins: 2026-03-28T16:00:00+01:00, or in the hours\' time zone "2026-03-28 16:00", 16:00 (today), +2h, -7d' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from calc" -l target -d 'How long it may take: 90m, 8h, 2d' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from calc" -l due-soon -d 'How long before it is due it is due soon, in the target\'s own time' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from calc" -l input -d 'Read one question a line as JSON; - is stdin' -r -F
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from calc" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from calc" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from calc" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from calc" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from calc" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from calc" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from calc" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from calc" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from calc" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show the policy: which targets hold for which tickets, and what is doubtful about it'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from help" -f -a "set" -d 'Set targets for all tickets, or by the value of one property'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from help" -f -a "clear" -d 'Switch SLAs off: no ticket has targets from now on'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from help" -f -a "explain" -d 'Explain a ticket\'s targets: which rule and why, which windows of which days counted, pauses, the due time'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from help" -f -a "due" -d 'List what is due soon or overdue now, the most urgent first'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from help" -f -a "report" -d 'Report how well targets were met: by team, priority, channel, agent or week'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from help" -f -a "backtest" -d 'Replay the history under other targets or working hours: breaches won and lost, before anything is changed'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from help" -f -a "hours" -d 'Working hours: calendars by which targets can count'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from help" -f -a "holidays" -d 'Holidays of working hours: the days of a year, and the rules that give them'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from help" -f -a "calc" -d 'Compute when a target is due, in working hours or around the clock'
complete -c deskctl -n "__fish_deskctl_using_subcommand sla; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand account; and not __fish_seen_subcommand_from show update help" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand account; and not __fish_seen_subcommand_from show update help" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand account; and not __fish_seen_subcommand_from show update help" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand account; and not __fish_seen_subcommand_from show update help" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand account; and not __fish_seen_subcommand_from show update help" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand account; and not __fish_seen_subcommand_from show update help" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand account; and not __fish_seen_subcommand_from show update help" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand account; and not __fish_seen_subcommand_from show update help" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand account; and not __fish_seen_subcommand_from show update help" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand account; and not __fish_seen_subcommand_from show update help" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand account; and not __fish_seen_subcommand_from show update help" -f -a "show" -d 'Show the account: its name, its time zone, what its subscription allows'
complete -c deskctl -n "__fish_deskctl_using_subcommand account; and not __fish_seen_subcommand_from show update help" -f -a "update" -d 'Change the account'
complete -c deskctl -n "__fish_deskctl_using_subcommand account; and not __fish_seen_subcommand_from show update help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand account; and __fish_seen_subcommand_from show" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand account; and __fish_seen_subcommand_from show" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand account; and __fish_seen_subcommand_from show" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand account; and __fish_seen_subcommand_from show" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand account; and __fish_seen_subcommand_from show" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand account; and __fish_seen_subcommand_from show" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand account; and __fish_seen_subcommand_from show" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand account; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand account; and __fish_seen_subcommand_from show" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand account; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand account; and __fish_seen_subcommand_from update" -l name -d 'What the account is called' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand account; and __fish_seen_subcommand_from update" -l time-zone -d 'The IANA zone in which tables and filters tell the time' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand account; and __fish_seen_subcommand_from update" -l limit -d 'A limit of the subscription; "none" takes it away' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand account; and __fish_seen_subcommand_from update" -l country -d 'Where phone numbers without a country\'s code are at home: two letters, as PL; an empty text takes it away' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand account; and __fish_seen_subcommand_from update" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand account; and __fish_seen_subcommand_from update" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand account; and __fish_seen_subcommand_from update" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand account; and __fish_seen_subcommand_from update" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand account; and __fish_seen_subcommand_from update" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand account; and __fish_seen_subcommand_from update" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand account; and __fish_seen_subcommand_from update" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand account; and __fish_seen_subcommand_from update" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand account; and __fish_seen_subcommand_from update" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand account; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show the account: its name, its time zone, what its subscription allows'
complete -c deskctl -n "__fish_deskctl_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "update" -d 'Change the account'
complete -c deskctl -n "__fish_deskctl_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and not __fish_seen_subcommand_from list show help" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and not __fish_seen_subcommand_from list show help" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and not __fish_seen_subcommand_from list show help" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and not __fish_seen_subcommand_from list show help" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and not __fish_seen_subcommand_from list show help" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and not __fish_seen_subcommand_from list show help" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and not __fish_seen_subcommand_from list show help" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and not __fish_seen_subcommand_from list show help" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and not __fish_seen_subcommand_from list show help" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and not __fish_seen_subcommand_from list show help" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and not __fish_seen_subcommand_from list show help" -f -a "list" -d 'List notices to users, the newest first; without being a super admin, the own ones'
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and not __fish_seen_subcommand_from list show help" -f -a "show" -d 'Show a notice'
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and not __fish_seen_subcommand_from list show help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and __fish_seen_subcommand_from list" -l state -d 'Only notices of this state' -r -f -a "pending\t''
muted\t''
delivered\t''
discarded\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and __fish_seen_subcommand_from list" -l kind -d 'Only notices of this kind' -r -f -a "new_ticket\t''
migration\t''
mention\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and __fish_seen_subcommand_from list" -l user -d 'Only notices to this user' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and __fish_seen_subcommand_from list" -l limit -d 'How many to print; by default 50 in a table, and every row as json, ndjson or csv' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and __fish_seen_subcommand_from list" -l after -d 'Go on after this id, the last one of the page before' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and __fish_seen_subcommand_from list" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and __fish_seen_subcommand_from list" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and __fish_seen_subcommand_from list" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and __fish_seen_subcommand_from list" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and __fish_seen_subcommand_from list" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and __fish_seen_subcommand_from list" -l all -d 'Print every row'
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and __fish_seen_subcommand_from list" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and __fish_seen_subcommand_from list" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and __fish_seen_subcommand_from show" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and __fish_seen_subcommand_from show" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and __fish_seen_subcommand_from show" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and __fish_seen_subcommand_from show" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and __fish_seen_subcommand_from show" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and __fish_seen_subcommand_from show" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and __fish_seen_subcommand_from show" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and __fish_seen_subcommand_from show" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and __fish_seen_subcommand_from help" -f -a "list" -d 'List notices to users, the newest first; without being a super admin, the own ones'
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a notice'
complete -c deskctl -n "__fish_deskctl_using_subcommand outbox; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand audit; and not __fish_seen_subcommand_from list help" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand audit; and not __fish_seen_subcommand_from list help" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand audit; and not __fish_seen_subcommand_from list help" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand audit; and not __fish_seen_subcommand_from list help" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand audit; and not __fish_seen_subcommand_from list help" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand audit; and not __fish_seen_subcommand_from list help" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand audit; and not __fish_seen_subcommand_from list help" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand audit; and not __fish_seen_subcommand_from list help" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand audit; and not __fish_seen_subcommand_from list help" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand audit; and not __fish_seen_subcommand_from list help" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand audit; and not __fish_seen_subcommand_from list help" -f -a "list" -d 'List every write, the newest first: who, when, what, and what came of it'
complete -c deskctl -n "__fish_deskctl_using_subcommand audit; and not __fish_seen_subcommand_from list help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l operation -d 'Only operations whose name begins so, such as users. or channels.connect' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l actor -d 'Only what this user did' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l limit -d 'How many to print; by default 50 in a table, and every row as json, ndjson or csv' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l after -d 'Go on after this id, the last one of the page before' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand audit; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l all -d 'Print every row'
complete -c deskctl -n "__fish_deskctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand audit; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand audit; and __fish_seen_subcommand_from list" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand audit; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "list" -d 'List every write, the newest first: who, when, what, and what came of it'
complete -c deskctl -n "__fish_deskctl_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand export; and not __fish_seen_subcommand_from account help" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand export; and not __fish_seen_subcommand_from account help" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand export; and not __fish_seen_subcommand_from account help" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand export; and not __fish_seen_subcommand_from account help" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand export; and not __fish_seen_subcommand_from account help" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand export; and not __fish_seen_subcommand_from account help" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand export; and not __fish_seen_subcommand_from account help" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand export; and not __fish_seen_subcommand_from account help" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand export; and not __fish_seen_subcommand_from account help" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand export; and not __fish_seen_subcommand_from account help" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand export; and not __fish_seen_subcommand_from account help" -f -a "account" -d 'Write the whole account as one JSON document, which `deskctl seed --file` loads again'
complete -c deskctl -n "__fish_deskctl_using_subcommand export; and not __fish_seen_subcommand_from account help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand export; and __fish_seen_subcommand_from account" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand export; and __fish_seen_subcommand_from account" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand export; and __fish_seen_subcommand_from account" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand export; and __fish_seen_subcommand_from account" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand export; and __fish_seen_subcommand_from account" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand export; and __fish_seen_subcommand_from account" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand export; and __fish_seen_subcommand_from account" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand export; and __fish_seen_subcommand_from account" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand export; and __fish_seen_subcommand_from account" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand export; and __fish_seen_subcommand_from account" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c deskctl -n "__fish_deskctl_using_subcommand export; and __fish_seen_subcommand_from help" -f -a "account" -d 'Write the whole account as one JSON document, which `deskctl seed --file` loads again'
complete -c deskctl -n "__fish_deskctl_using_subcommand export; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand login" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand login" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand login" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand login" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand login" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand login" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand login" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand login" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand login" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand login" -l with-token -d 'Read the token from stdin instead of asking for it'
complete -c deskctl -n "__fish_deskctl_using_subcommand login" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand logout" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand logout" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand logout" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand logout" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand logout" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand logout" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand logout" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand logout" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand logout" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand logout" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and not __fish_seen_subcommand_from create list revoke help" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and not __fish_seen_subcommand_from create list revoke help" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and not __fish_seen_subcommand_from create list revoke help" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and not __fish_seen_subcommand_from create list revoke help" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and not __fish_seen_subcommand_from create list revoke help" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and not __fish_seen_subcommand_from create list revoke help" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and not __fish_seen_subcommand_from create list revoke help" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and not __fish_seen_subcommand_from create list revoke help" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and not __fish_seen_subcommand_from create list revoke help" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and not __fish_seen_subcommand_from create list revoke help" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and not __fish_seen_subcommand_from create list revoke help" -f -a "create" -d 'Make a token; its text is shown once, and kept nowhere'
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and not __fish_seen_subcommand_from create list revoke help" -f -a "list" -d 'List tokens: your own, or everybody\'s for super admins'
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and not __fish_seen_subcommand_from create list revoke help" -f -a "revoke" -d 'End a token for good, and all that were made with it'
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and not __fish_seen_subcommand_from create list revoke help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and __fish_seen_subcommand_from create" -l user -d 'Whose token it is; by default yours' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and __fish_seen_subcommand_from create" -l scopes -d 'What it may do; by default read,write' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and __fish_seen_subcommand_from create" -l expires -d 'When it stops working: 90d, a time, or never' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and __fish_seen_subcommand_from create" -l label -d 'What it is for' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and __fish_seen_subcommand_from create" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and __fish_seen_subcommand_from create" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and __fish_seen_subcommand_from create" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and __fish_seen_subcommand_from create" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and __fish_seen_subcommand_from create" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and __fish_seen_subcommand_from create" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and __fish_seen_subcommand_from create" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and __fish_seen_subcommand_from create" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and __fish_seen_subcommand_from list" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and __fish_seen_subcommand_from list" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and __fish_seen_subcommand_from list" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and __fish_seen_subcommand_from list" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and __fish_seen_subcommand_from list" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and __fish_seen_subcommand_from list" -l ended -d 'Those too that have expired or were revoked'
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and __fish_seen_subcommand_from list" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and __fish_seen_subcommand_from list" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and __fish_seen_subcommand_from revoke" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and __fish_seen_subcommand_from revoke" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and __fish_seen_subcommand_from revoke" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and __fish_seen_subcommand_from revoke" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and __fish_seen_subcommand_from revoke" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and __fish_seen_subcommand_from revoke" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and __fish_seen_subcommand_from revoke" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and __fish_seen_subcommand_from revoke" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and __fish_seen_subcommand_from revoke" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and __fish_seen_subcommand_from revoke" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and __fish_seen_subcommand_from help" -f -a "create" -d 'Make a token; its text is shown once, and kept nowhere'
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and __fish_seen_subcommand_from help" -f -a "list" -d 'List tokens: your own, or everybody\'s for super admins'
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and __fish_seen_subcommand_from help" -f -a "revoke" -d 'End a token for good, and all that were made with it'
complete -c deskctl -n "__fish_deskctl_using_subcommand tokens; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand serve" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand serve" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand serve" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand serve" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand serve" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand serve" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand serve" -l listen -d 'Where to listen; port 0 takes a free one' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand serve" -l tls-cert -d 'The certificate chain, as a PEM file' -r -F
complete -c deskctl -n "__fish_deskctl_using_subcommand serve" -l tls-key -d 'The certificate\'s private key, as a PEM file' -r -F
complete -c deskctl -n "__fish_deskctl_using_subcommand serve" -l trusted-proxy -d 'A proxy whose X-Forwarded-For header is believed: its address, or its network as 10.0.0.0/8' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand serve" -l host -d 'A name under which clients reach the server' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand serve" -l rate -d 'Requests a second for each token; twice as many at once' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand serve" -l timeout -d 'How long a request may take, in seconds' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand serve" -l max-body -d 'How large a request\'s body may be, in MiB' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand serve" -l max-connections -d 'How many clients may be connected at a time' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand serve" -l max-connections-per-address -d 'How many of them from one address; by default half of all, at most 1,024' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand serve" -l header-timeout -d 'How long a client may take for the head of a request, and between two, in seconds' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand serve" -l write-timeout -d 'How long a client may take none of its answer, in seconds' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand serve" -l store-connections -d 'Connections to the store, each for reading and for writing, and half as many for streams' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand serve" -l log -d 'How to write the log: json or text' -r -f -a "json\t''
text\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand serve" -l log-file -d 'Add the log to a file instead of stderr; SIGHUP opens it anew' -r -F
complete -c deskctl -n "__fish_deskctl_using_subcommand serve" -l certificates-every -d 'How often to look whether the certificates were renewed, in seconds' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand serve" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand serve" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand serve" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand serve" -l insecure -d 'Listen beyond this machine without TLS; tokens are needed all the same'
complete -c deskctl -n "__fish_deskctl_using_subcommand serve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c deskctl -n "__fish_deskctl_using_subcommand whoami" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand whoami" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand whoami" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand whoami" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand whoami" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand whoami" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand whoami" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand whoami" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand whoami" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand whoami" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand capabilities" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand capabilities" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand capabilities" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand capabilities" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand capabilities" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand capabilities" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand capabilities" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand capabilities" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand capabilities" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand capabilities" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and not __fish_seen_subcommand_from list add use remove help" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and not __fish_seen_subcommand_from list add use remove help" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and not __fish_seen_subcommand_from list add use remove help" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and not __fish_seen_subcommand_from list add use remove help" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and not __fish_seen_subcommand_from list add use remove help" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and not __fish_seen_subcommand_from list add use remove help" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and not __fish_seen_subcommand_from list add use remove help" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and not __fish_seen_subcommand_from list add use remove help" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and not __fish_seen_subcommand_from list add use remove help" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and not __fish_seen_subcommand_from list add use remove help" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and not __fish_seen_subcommand_from list add use remove help" -f -a "list" -d 'List the contexts; the current one works where --target is not given'
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and not __fish_seen_subcommand_from list add use remove help" -f -a "add" -d 'Add a context: a name for a target'
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and not __fish_seen_subcommand_from list add use remove help" -f -a "use" -d 'Make a context the current one'
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and not __fish_seen_subcommand_from list add use remove help" -f -a "remove" -d 'Remove a context; the target itself is not touched'
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and not __fish_seen_subcommand_from list add use remove help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from list" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from list" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from list" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from list" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from list" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from list" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from list" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from add" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from add" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from add" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from add" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from add" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from add" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from add" -l with-password -d 'Keep PostgreSQL\'s password too: asked for without an echo, or read from stdin'
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from add" -l replace -d 'Replace a context of the same name'
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from add" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from add" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from add" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from use" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from use" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from use" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from use" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from use" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from use" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from use" -l none -d 'No current context: work on the default store'
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from use" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from use" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from use" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from use" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from remove" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from remove" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from remove" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from remove" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from remove" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from remove" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from remove" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the contexts; the current one works where --target is not given'
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from help" -f -a "add" -d 'Add a context: a name for a target'
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from help" -f -a "use" -d 'Make a context the current one'
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from help" -f -a "remove" -d 'Remove a context; the target itself is not touched'
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand doctor" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand doctor" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand doctor" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand doctor" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand doctor" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand doctor" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand doctor" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand doctor" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand doctor" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand doctor" -l full -d 'Read the whole store, and compare its indexes with its tables'
complete -c deskctl -n "__fish_deskctl_using_subcommand doctor" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand backup" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand backup" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand backup" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand backup" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand backup" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand backup" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand backup" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand backup" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand backup" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand backup" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand restore" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand restore" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand restore" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand restore" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand restore" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand restore" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand restore" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand restore" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand restore" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand restore" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and not __fish_seen_subcommand_from info upgrade help" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and not __fish_seen_subcommand_from info upgrade help" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and not __fish_seen_subcommand_from info upgrade help" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and not __fish_seen_subcommand_from info upgrade help" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and not __fish_seen_subcommand_from info upgrade help" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and not __fish_seen_subcommand_from info upgrade help" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and not __fish_seen_subcommand_from info upgrade help" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and not __fish_seen_subcommand_from info upgrade help" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and not __fish_seen_subcommand_from info upgrade help" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and not __fish_seen_subcommand_from info upgrade help" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and not __fish_seen_subcommand_from info upgrade help" -f -a "info" -d 'Show where the store is, its schema version, its size and what it holds'
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and not __fish_seen_subcommand_from info upgrade help" -f -a "upgrade" -d 'Bring an older store to this deskctl\'s schema (PostgreSQL; an embedded store does so by itself)'
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and not __fish_seen_subcommand_from info upgrade help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and __fish_seen_subcommand_from info" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and __fish_seen_subcommand_from info" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and __fish_seen_subcommand_from info" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and __fish_seen_subcommand_from info" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and __fish_seen_subcommand_from info" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and __fish_seen_subcommand_from info" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and __fish_seen_subcommand_from info" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and __fish_seen_subcommand_from info" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and __fish_seen_subcommand_from info" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and __fish_seen_subcommand_from info" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and __fish_seen_subcommand_from upgrade" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and __fish_seen_subcommand_from upgrade" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and __fish_seen_subcommand_from upgrade" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and __fish_seen_subcommand_from upgrade" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and __fish_seen_subcommand_from upgrade" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and __fish_seen_subcommand_from upgrade" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and __fish_seen_subcommand_from upgrade" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and __fish_seen_subcommand_from upgrade" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and __fish_seen_subcommand_from upgrade" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and __fish_seen_subcommand_from upgrade" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and __fish_seen_subcommand_from help" -f -a "info" -d 'Show where the store is, its schema version, its size and what it holds'
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and __fish_seen_subcommand_from help" -f -a "upgrade" -d 'Bring an older store to this deskctl\'s schema (PostgreSQL; an embedded store does so by itself)'
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand completions" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand completions" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand completions" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand completions" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand completions" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand completions" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand completions" -l all -d 'Write bash, zsh, fish and the man page into this folder' -r -F
complete -c deskctl -n "__fish_deskctl_using_subcommand completions" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand completions" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand completions" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand completions" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand man" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, https://HOST, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand man" -l as -d 'Act as this user instead of the first super admin, or of the user whose token it is' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand man" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand man" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand man" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand man" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand man" -l dir -d 'One page per command, into this folder' -r -F
complete -c deskctl -n "__fish_deskctl_using_subcommand man" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand man" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand man" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand man" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from demo init seed channels migrations conversations tickets views contacts companies deals properties users teams inboxes pipelines bots sla account outbox audit export login logout tokens serve whoami capabilities contexts doctor backup restore store completions man help" -f -a "demo" -d 'Show the whole tour on a scratch store: seed, plan, move a channel, verify, report'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from demo init seed channels migrations conversations tickets views contacts companies deals properties users teams inboxes pipelines bots sla account outbox audit export login logout tokens serve whoami capabilities contexts doctor backup restore store completions man help" -f -a "init" -d 'Make a store: an account with a super admin, a pipeline, an inbox and the help desk'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from demo init seed channels migrations conversations tickets views contacts companies deals properties users teams inboxes pipelines bots sla account outbox audit export login logout tokens serve whoami capabilities contexts doctor backup restore store completions man help" -f -a "seed" -d 'Load a whole account: from a document, a profile, or generated'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from demo init seed channels migrations conversations tickets views contacts companies deals properties users teams inboxes pipelines bots sla account outbox audit export login logout tokens serve whoami capabilities contexts doctor backup restore store completions man help" -f -a "channels" -d 'List, show, connect, change and disconnect channels'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from demo init seed channels migrations conversations tickets views contacts companies deals properties users teams inboxes pipelines bots sla account outbox audit export login logout tokens serve whoami capabilities contexts doctor backup restore store completions man help" -f -a "migrations" -d 'Plan, start, watch, resume and verify moves to the help desk'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from demo init seed channels migrations conversations tickets views contacts companies deals properties users teams inboxes pipelines bots sla account outbox audit export login logout tokens serve whoami capabilities contexts doctor backup restore store completions man help" -f -a "conversations" -d 'Receive and answer messages; assign, close and move conversations'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from demo init seed channels migrations conversations tickets views contacts companies deals properties users teams inboxes pipelines bots sla account outbox audit export login logout tokens serve whoami capabilities contexts doctor backup restore store completions man help" -f -a "tickets" -d 'List, make and change tickets'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from demo init seed channels migrations conversations tickets views contacts companies deals properties users teams inboxes pipelines bots sla account outbox audit export login logout tokens serve whoami capabilities contexts doctor backup restore store completions man help" -f -a "views" -d 'List, make, run and explain views: the lists of the help desk\'s tickets'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from demo init seed channels migrations conversations tickets views contacts companies deals properties users teams inboxes pipelines bots sla account outbox audit export login logout tokens serve whoami capabilities contexts doctor backup restore store completions man help" -f -a "contacts" -d 'List, show, add, change and remove contacts'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from demo init seed channels migrations conversations tickets views contacts companies deals properties users teams inboxes pipelines bots sla account outbox audit export login logout tokens serve whoami capabilities contexts doctor backup restore store completions man help" -f -a "companies" -d 'List, show, add, change and remove companies'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from demo init seed channels migrations conversations tickets views contacts companies deals properties users teams inboxes pipelines bots sla account outbox audit export login logout tokens serve whoami capabilities contexts doctor backup restore store completions man help" -f -a "deals" -d 'List, show, add, change and remove deals'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from demo init seed channels migrations conversations tickets views contacts companies deals properties users teams inboxes pipelines bots sla account outbox audit export login logout tokens serve whoami capabilities contexts doctor backup restore store completions man help" -f -a "properties" -d 'List, show, add, change and remove custom properties of tickets'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from demo init seed channels migrations conversations tickets views contacts companies deals properties users teams inboxes pipelines bots sla account outbox audit export login logout tokens serve whoami capabilities contexts doctor backup restore store completions man help" -f -a "users" -d 'List, show, add, change and remove users'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from demo init seed channels migrations conversations tickets views contacts companies deals properties users teams inboxes pipelines bots sla account outbox audit export login logout tokens serve whoami capabilities contexts doctor backup restore store completions man help" -f -a "teams" -d 'List, show, add, rename and remove teams'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from demo init seed channels migrations conversations tickets views contacts companies deals properties users teams inboxes pipelines bots sla account outbox audit export login logout tokens serve whoami capabilities contexts doctor backup restore store completions man help" -f -a "inboxes" -d 'List, show, add, rename and remove inboxes and the help desk'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from demo init seed channels migrations conversations tickets views contacts companies deals properties users teams inboxes pipelines bots sla account outbox audit export login logout tokens serve whoami capabilities contexts doctor backup restore store completions man help" -f -a "pipelines" -d 'List, show, add, change and remove pipelines and their stages'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from demo init seed channels migrations conversations tickets views contacts companies deals properties users teams inboxes pipelines bots sla account outbox audit export login logout tokens serve whoami capabilities contexts doctor backup restore store completions man help" -f -a "bots" -d 'The conditions under which bots may move to the help desk'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from demo init seed channels migrations conversations tickets views contacts companies deals properties users teams inboxes pipelines bots sla account outbox audit export login logout tokens serve whoami capabilities contexts doctor backup restore store completions man help" -f -a "sla" -d 'Service level agreements: targets, working hours, when a target is due'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from demo init seed channels migrations conversations tickets views contacts companies deals properties users teams inboxes pipelines bots sla account outbox audit export login logout tokens serve whoami capabilities contexts doctor backup restore store completions man help" -f -a "account" -d 'Show and change the account: name, time zone, limits'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from demo init seed channels migrations conversations tickets views contacts companies deals properties users teams inboxes pipelines bots sla account outbox audit export login logout tokens serve whoami capabilities contexts doctor backup restore store completions man help" -f -a "outbox" -d 'List and show notices to users'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from demo init seed channels migrations conversations tickets views contacts companies deals properties users teams inboxes pipelines bots sla account outbox audit export login logout tokens serve whoami capabilities contexts doctor backup restore store completions man help" -f -a "audit" -d 'List who did what, and what came of it'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from demo init seed channels migrations conversations tickets views contacts companies deals properties users teams inboxes pipelines bots sla account outbox audit export login logout tokens serve whoami capabilities contexts doctor backup restore store completions man help" -f -a "export" -d 'Write data out'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from demo init seed channels migrations conversations tickets views contacts companies deals properties users teams inboxes pipelines bots sla account outbox audit export login logout tokens serve whoami capabilities contexts doctor backup restore store completions man help" -f -a "login" -d 'Keep a token for a server, so that commands can work there'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from demo init seed channels migrations conversations tickets views contacts companies deals properties users teams inboxes pipelines bots sla account outbox audit export login logout tokens serve whoami capabilities contexts doctor backup restore store completions man help" -f -a "logout" -d 'Forget the token for a server'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from demo init seed channels migrations conversations tickets views contacts companies deals properties users teams inboxes pipelines bots sla account outbox audit export login logout tokens serve whoami capabilities contexts doctor backup restore store completions man help" -f -a "tokens" -d 'Make, list and revoke the tokens by which programs work with a server'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from demo init seed channels migrations conversations tickets views contacts companies deals properties users teams inboxes pipelines bots sla account outbox audit export login logout tokens serve whoami capabilities contexts doctor backup restore store completions man help" -f -a "serve" -d 'Serve a store over HTTP, for a team and for CI'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from demo init seed channels migrations conversations tickets views contacts companies deals properties users teams inboxes pipelines bots sla account outbox audit export login logout tokens serve whoami capabilities contexts doctor backup restore store completions man help" -f -a "whoami" -d 'Tell who acts, and what they may do'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from demo init seed channels migrations conversations tickets views contacts companies deals properties users teams inboxes pipelines bots sla account outbox audit export login logout tokens serve whoami capabilities contexts doctor backup restore store completions man help" -f -a "capabilities" -d 'List every operation that the current target can do'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from demo init seed channels migrations conversations tickets views contacts companies deals properties users teams inboxes pipelines bots sla account outbox audit export login logout tokens serve whoami capabilities contexts doctor backup restore store completions man help" -f -a "contexts" -d 'Keep targets by name, and choose the current one'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from demo init seed channels migrations conversations tickets views contacts companies deals properties users teams inboxes pipelines bots sla account outbox audit export login logout tokens serve whoami capabilities contexts doctor backup restore store completions man help" -f -a "doctor" -d 'Check the target and the machine, and say what to do about what is wrong'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from demo init seed channels migrations conversations tickets views contacts companies deals properties users teams inboxes pipelines bots sla account outbox audit export login logout tokens serve whoami capabilities contexts doctor backup restore store completions man help" -f -a "backup" -d 'Write a backup of the store to a new file, while others go on working'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from demo init seed channels migrations conversations tickets views contacts companies deals properties users teams inboxes pipelines bots sla account outbox audit export login logout tokens serve whoami capabilities contexts doctor backup restore store completions man help" -f -a "restore" -d 'Put a backup in the place of the store'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from demo init seed channels migrations conversations tickets views contacts companies deals properties users teams inboxes pipelines bots sla account outbox audit export login logout tokens serve whoami capabilities contexts doctor backup restore store completions man help" -f -a "store" -d 'Look at the store as a whole, and upgrade it'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from demo init seed channels migrations conversations tickets views contacts companies deals properties users teams inboxes pipelines bots sla account outbox audit export login logout tokens serve whoami capabilities contexts doctor backup restore store completions man help" -f -a "completions" -d 'Print the completions of a shell'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from demo init seed channels migrations conversations tickets views contacts companies deals properties users teams inboxes pipelines bots sla account outbox audit export login logout tokens serve whoami capabilities contexts doctor backup restore store completions man help" -f -a "man" -d 'Print the manual page'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from demo init seed channels migrations conversations tickets views contacts companies deals properties users teams inboxes pipelines bots sla account outbox audit export login logout tokens serve whoami capabilities contexts doctor backup restore store completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
