# planner: what bash offers for half a word. To install, one of:
#   planner completion bash > ~/.local/share/bash-completion/completions/planner
#   eval "$(planner completion bash)"                               # in ~/.bashrc

_planner() {
    local line=${COMP_LINE:0:COMP_POINT} kind value
    local word=${line##*[[:space:]]} stays= breaks=${COMP_WORDBREAKS//[!:=]/}
    # bash takes a word apart at : and =, and what stands before them stays as it is.
    if [[ -n $breaks && $word == *["$breaks"]* ]]; then
        stays=${word%"${word##*["$breaks"]}"}
    fi
    COMPREPLY=()
    # Two quotes at the end: an empty word where none was begun, else nothing.
    while IFS=, read -r kind value; do
        case $kind in
            plain)
                COMPREPLY+=("${value#"$stays"}") ;;
            file | dir)
                compopt -o filenames 2> /dev/null
                while IFS= read -r value; do
                    COMPREPLY+=("$value")
                done < <(compgen -${kind:0:1} -- "${word#"$stays"}") ;;
        esac
    done < <(COMP_WORDS="$line''" COMP_CWORD=-1 _PLANNER_COMPLETE=bash_complete \
        "$1" 2> /dev/null < /dev/null)
}

complete -o nosort -F _planner planner planner.pyz 2> /dev/null ||
    complete -F _planner planner planner.pyz
