# planner: what fish offers for half a word. To install:
#   planner completion fish > ~/.config/fish/completions/planner.fish

function __planner
    set -l word (commandline -ct)
    set -l stays (string match -r -- '^-[^=]*=' $word)
    set -l line (commandline -cp | string join ' ')
    for each in (env COMP_WORDS=$line COMP_CWORD=$word _PLANNER_COMPLETE=fish_complete \
            (commandline -opc)[1] 2> /dev/null < /dev/null)
        set -l parts (string split -m 1 , -- $each)
        switch $parts[1]
            case plain
                printf '%s%s\n' "$stays" $parts[2]
            case file
                __fish_complete_path (string replace -- "$stays" '' $word)
            case dir
                __fish_complete_directories (string replace -- "$stays" '' $word)
        end
    end
end

complete --no-files --command planner --arguments '(__planner)'
complete --no-files --command planner.pyz --arguments '(__planner)'
