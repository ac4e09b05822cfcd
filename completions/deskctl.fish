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

complete -c deskctl -n "__fish_deskctl_needs_command" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_needs_command" -l as -d 'Act as this user instead of the first super admin' -r
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
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "init" -d 'Make a store with an account: a super admin, the pipeline "Support", an inbox and the help desk'
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "seed" -d 'Load a whole account into an empty store, which is made if it is not there'
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "channels" -d 'List, show and connect channels'
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "migrations" -d 'Plan, start, watch, resume and verify moves to the help desk'
complete -c deskctl -n "__fish_deskctl_needs_command" -f -a "export" -d 'Write data out'
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
complete -c deskctl -n "__fish_deskctl_using_subcommand init" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand init" -l as -d 'Act as this user instead of the first super admin' -r
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
complete -c deskctl -n "__fish_deskctl_using_subcommand seed" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand seed" -l as -d 'Act as this user instead of the first super admin' -r
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
complete -c deskctl -n "__fish_deskctl_using_subcommand seed" -l replace -d 'Where there is an account already, delete it and everything in it first'
complete -c deskctl -n "__fish_deskctl_using_subcommand seed" -l schema -d 'Print the JSON Schema of the document instead'
complete -c deskctl -n "__fish_deskctl_using_subcommand seed" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and not __fish_seen_subcommand_from list show help" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and not __fish_seen_subcommand_from list show help" -l as -d 'Act as this user instead of the first super admin' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and not __fish_seen_subcommand_from list show help" -s o -l output -d 'How to print: table, json, ndjson or csv' -r -f -a "table\t''
json\t''
ndjson\t''
csv\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and not __fish_seen_subcommand_from list show help" -l columns -d 'Which columns to print, in this order' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and not __fish_seen_subcommand_from list show help" -l progress -d 'How to show progress: auto, bar, plain, json or none' -r -f -a "auto\t''
bar\t''
plain\t''
json\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and not __fish_seen_subcommand_from list show help" -l idempotency-key -d 'The same key with the same arguments gives the first answer again (kept 30 days)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and not __fish_seen_subcommand_from list show help" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and not __fish_seen_subcommand_from list show help" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and not __fish_seen_subcommand_from list show help" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and not __fish_seen_subcommand_from list show help" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and not __fish_seen_subcommand_from list show help" -f -a "list" -d 'List channels with what lies on them, and why one cannot move'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and not __fish_seen_subcommand_from list show help" -f -a "show" -d 'Show a channel with its settings'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and not __fish_seen_subcommand_from list show help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from list" -l inbox -d 'Only this inbox (name or id)' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from list" -l kind -d 'Only this kind' -r -f -a "email\t''
chat\t''
form\t''
calling\t''
whatsapp\t''
facebook_messenger\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from list" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from list" -l as -d 'Act as this user instead of the first super admin' -r
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
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from show" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from show" -l as -d 'Act as this user instead of the first super admin' -r
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
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from help" -f -a "list" -d 'List channels with what lies on them, and why one cannot move'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a channel with its settings'
complete -c deskctl -n "__fish_deskctl_using_subcommand channels; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and not __fish_seen_subcommand_from plan start list status wait resume unschedule verify report help" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and not __fish_seen_subcommand_from plan start list status wait resume unschedule verify report help" -l as -d 'Act as this user instead of the first super admin' -r
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
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and not __fish_seen_subcommand_from plan start list status wait resume unschedule verify report help" -f -a "unschedule" -d 'Take back a start that has not begun'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and not __fish_seen_subcommand_from plan start list status wait resume unschedule verify report help" -f -a "verify" -d 'Recount everything from the data itself: = as it should be, - missing, + unexpected, ! wrong'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and not __fish_seen_subcommand_from plan start list status wait resume unschedule verify report help" -f -a "report" -d 'Report what a migration did: text, json, or a self-contained HTML page'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and not __fish_seen_subcommand_from plan start list status wait resume unschedule verify report help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from plan" -l history -d 'all or none; without it both choices are shown' -r -f -a "all\t''
none\t''"
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from plan" -l map -d 'open=STAGE, closed=STAGE, or \'FILTER=STAGE\' for finer rules' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from plan" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from plan" -l as -d 'Act as this user instead of the first super admin' -r
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
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from start" -l accept -d 'Accept a warning of the plan by its code' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from start" -l at -d 'Begin at this time, such as 2026-11-21T02:00:00+01:00' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from start" -l backup -d 'Write a backup to this file first' -r -F
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from start" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from start" -l as -d 'Act as this user instead of the first super admin' -r
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
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from start" -l dry-run -d 'Rehearse: do everything in a transaction that is rolled back, and show the result'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from start" -s y -l yes -d 'Answer yes to every question; needed by scripts for what cannot be undone'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from start" -s q -l quiet -d 'No notices on stderr'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from start" -s h -l help -d 'Print help'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from list" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from list" -l as -d 'Act as this user instead of the first super admin' -r
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
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from status" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from status" -l as -d 'Act as this user instead of the first super admin' -r
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
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from wait" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from wait" -l as -d 'Act as this user instead of the first super admin' -r
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
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from resume" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from resume" -l as -d 'Act as this user instead of the first super admin' -r
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
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from unschedule" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from unschedule" -l as -d 'Act as this user instead of the first super admin' -r
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
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from verify" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from verify" -l as -d 'Act as this user instead of the first super admin' -r
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
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from report" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from report" -l as -d 'Act as this user instead of the first super admin' -r
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
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from help" -f -a "unschedule" -d 'Take back a start that has not begun'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Recount everything from the data itself: = as it should be, - missing, + unexpected, ! wrong'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from help" -f -a "report" -d 'Report what a migration did: text, json, or a self-contained HTML page'
complete -c deskctl -n "__fish_deskctl_using_subcommand migrations; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c deskctl -n "__fish_deskctl_using_subcommand export; and not __fish_seen_subcommand_from account help" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand export; and not __fish_seen_subcommand_from account help" -l as -d 'Act as this user instead of the first super admin' -r
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
complete -c deskctl -n "__fish_deskctl_using_subcommand export; and __fish_seen_subcommand_from account" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand export; and __fish_seen_subcommand_from account" -l as -d 'Act as this user instead of the first super admin' -r
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
complete -c deskctl -n "__fish_deskctl_using_subcommand whoami" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand whoami" -l as -d 'Act as this user instead of the first super admin' -r
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
complete -c deskctl -n "__fish_deskctl_using_subcommand capabilities" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand capabilities" -l as -d 'Act as this user instead of the first super admin' -r
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
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and not __fish_seen_subcommand_from list add use remove help" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and not __fish_seen_subcommand_from list add use remove help" -l as -d 'Act as this user instead of the first super admin' -r
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
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from list" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from list" -l as -d 'Act as this user instead of the first super admin' -r
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
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from add" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from add" -l as -d 'Act as this user instead of the first super admin' -r
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
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from use" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from use" -l as -d 'Act as this user instead of the first super admin' -r
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
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from remove" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand contexts; and __fish_seen_subcommand_from remove" -l as -d 'Act as this user instead of the first super admin' -r
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
complete -c deskctl -n "__fish_deskctl_using_subcommand doctor" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand doctor" -l as -d 'Act as this user instead of the first super admin' -r
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
complete -c deskctl -n "__fish_deskctl_using_subcommand backup" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand backup" -l as -d 'Act as this user instead of the first super admin' -r
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
complete -c deskctl -n "__fish_deskctl_using_subcommand restore" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand restore" -l as -d 'Act as this user instead of the first super admin' -r
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
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and not __fish_seen_subcommand_from info upgrade help" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and not __fish_seen_subcommand_from info upgrade help" -l as -d 'Act as this user instead of the first super admin' -r
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
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and __fish_seen_subcommand_from info" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and __fish_seen_subcommand_from info" -l as -d 'Act as this user instead of the first super admin' -r
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
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and __fish_seen_subcommand_from upgrade" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand store; and __fish_seen_subcommand_from upgrade" -l as -d 'Act as this user instead of the first super admin' -r
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
complete -c deskctl -n "__fish_deskctl_using_subcommand completions" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand completions" -l as -d 'Act as this user instead of the first super admin' -r
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
complete -c deskctl -n "__fish_deskctl_using_subcommand man" -l target -d 'Where to work: sqlite:PATH, a path ending in .db, postgres://USER@HOST/DB, or the name of a context' -r
complete -c deskctl -n "__fish_deskctl_using_subcommand man" -l as -d 'Act as this user instead of the first super admin' -r
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
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from init seed channels migrations export whoami capabilities contexts doctor backup restore store completions man help" -f -a "init" -d 'Make a store: an account with a super admin, a pipeline, an inbox and the help desk'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from init seed channels migrations export whoami capabilities contexts doctor backup restore store completions man help" -f -a "seed" -d 'Load a whole account: from a document, a profile, or generated'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from init seed channels migrations export whoami capabilities contexts doctor backup restore store completions man help" -f -a "channels" -d 'List, show and connect channels'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from init seed channels migrations export whoami capabilities contexts doctor backup restore store completions man help" -f -a "migrations" -d 'Plan, start, watch, resume and verify moves to the help desk'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from init seed channels migrations export whoami capabilities contexts doctor backup restore store completions man help" -f -a "export" -d 'Write data out'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from init seed channels migrations export whoami capabilities contexts doctor backup restore store completions man help" -f -a "whoami" -d 'Tell who acts, and what they may do'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from init seed channels migrations export whoami capabilities contexts doctor backup restore store completions man help" -f -a "capabilities" -d 'List every operation that the current target can do'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from init seed channels migrations export whoami capabilities contexts doctor backup restore store completions man help" -f -a "contexts" -d 'Keep targets by name, and choose the current one'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from init seed channels migrations export whoami capabilities contexts doctor backup restore store completions man help" -f -a "doctor" -d 'Check the target and the machine, and say what to do about what is wrong'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from init seed channels migrations export whoami capabilities contexts doctor backup restore store completions man help" -f -a "backup" -d 'Write a backup of the store to a new file, while others go on working'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from init seed channels migrations export whoami capabilities contexts doctor backup restore store completions man help" -f -a "restore" -d 'Put a backup in the place of the store'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from init seed channels migrations export whoami capabilities contexts doctor backup restore store completions man help" -f -a "store" -d 'Look at the store as a whole, and upgrade it'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from init seed channels migrations export whoami capabilities contexts doctor backup restore store completions man help" -f -a "completions" -d 'Print the completions of a shell'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from init seed channels migrations export whoami capabilities contexts doctor backup restore store completions man help" -f -a "man" -d 'Print the manual page'
complete -c deskctl -n "__fish_deskctl_using_subcommand help; and not __fish_seen_subcommand_from init seed channels migrations export whoami capabilities contexts doctor backup restore store completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
